// 日常查考：登记簿、导出、打印、全文查找、命令栏、通讯录、即时提醒、外出代办。
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { fill } from '../lib/form.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

test('收文登记簿按纸质簿册分栏，可以查找，回车打开', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/registers/incoming')
  const book = page.getByRole('grid')
  await book.getByRole('row').nth(1).waitFor()
  const head = await book.getByRole('columnheader').allTextContents()
  for (const name of ['顺序号', '收文时间', '来文单位', '文号', '标题', '密级', '份数', '承办单位', '去向', '办结日期', '归档号']) {
    assert.ok(head.some((h) => h.trim().startsWith(name)), `应有“${name}”一栏：${head.join('、')}`)
  }
  const count = page.getByText(/共 \d+ 条|符合的 \d+ 条/).first()
  const all = Number((await count.textContent()).match(/(\d+) 条/)[1])
  await page.getByLabel('全文查找').fill('供暖')
  await page.waitForFunction((had) => {
    const m = document.body.innerText.match(/(\d+) 条/)
    return m && Number(m[1]) > 0 && Number(m[1]) < had
  }, all)
  await book.locator('.line').first().waitFor()
  await book.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/matters\/\d+/)
  await clerk.leave()
})

test('登记簿导出的表格打得开，栏目与登记簿一致', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/registers/incoming')
  await page.getByRole('grid').getByRole('row').nth(1).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('button', { name: '导出 Excel' }).click()])
  assert.match(download.suggestedFilename(), /收文登记簿.*\.xlsx$/)
  const file = await readFile(await download.path())
  assert.equal(file.subarray(0, 2).toString(), 'PK', '应是表格文件')
  assert.ok(file.length > 20_000, `一年的登记不会只有 ${file.length} 字节`)
  const pdf = await page.request.get('/api/v1/registers/incoming.pdf?q=供暖')
  assert.equal(pdf.status(), 200)
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')
  await clerk.leave()
})

test('全文查找找到正文里的字并标出，打开就是那一件', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/search')
  await page.getByLabel('要找的字').fill('供暖')
  await page.getByText(/找到 \d+ 件/).waitFor()
  await page.locator('mark').first().waitFor()
  assert.match(await page.locator('mark').first().textContent(), /供暖|供|暖/)
  await page.locator('ol.found a').first().click()
  await page.waitForURL(/\/matters\/\d+/)
  await clerk.leave()
})

test('命令栏用拼音首字母找人，用名称去登记簿', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.keyboard.press('Control+k')
  const bar = page.getByRole('combobox', { name: '查找或去往' })
  await bar.fill('lhq')
  await page.getByRole('option').filter({ hasText: '陆怀谦' }).waitFor()
  await bar.fill('收文登记簿')
  await page.getByRole('option').filter({ hasText: '收文登记簿' }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/registers/incoming')
  await clerk.leave()
})

test('通讯录按拼音首字母找人', async () => {
  const person = await Person.arrive(browser, office, '2302')
  await person.page.goto('/directory')
  await person.page.getByLabel('找人').fill('hts')
  await person.page.getByRole('row').filter({ hasText: '贺庭山' }).first().waitFor()
  assert.equal(await person.page.getByRole('row').filter({ hasText: '何映雪' }).count(), 0)
  await person.leave()
})

test('值班员签收一件，文书的待办当时就多一件', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/tasks/todo')
  const summary = page.getByText(/^共 \d+ 件/)
  await summary.waitFor()
  const had = Number((await summary.textContent()).match(/\d+/)[0])
  const duty = await Person.arrive(browser, office, '2602')
  await duty.begin('incoming', '签收', { 来文单位: '安澜市气象局', 份数与投递单一致: true, 行文关系正确: true, 印章及手续完整: true })
  await page.getByText(new RegExp(`^共 ${had + 1} 件`)).waitFor({ timeout: 10_000 })
  await duty.leave()
  await clerk.leave()
})

test('外出时由代办人办理，两个名字都记下', async () => {
  const director = await Person.arrive(browser, office, '1007')
  const clerk = await Person.arrive(browser, office, '3102')
  const title = '关于召开全市秘书长会议的预备通知'
  await clerk.begin('incoming', '签收', { 来文单位: '安澜市委办公室', 份数与投递单一致: true, 行文关系正确: true, 印章及手续完整: true })
  await clerk.act('登记', { 标题: title, 来文日期: '2026年11月16日', 份数: 1, 页数: 2, 附件: '无' })
  await clerk.act('初审合格，送拟办', { 初审合格项: ['属本机关办理', '符合行文规则', '文种格式正确', '已协商会签', '附件齐全'] })
  const now = new Date()
  const answer = await director.page.evaluate(async ([from, until]) => {
    const book = await (await fetch('/api/v1/directory')).json()
    const deputy = book.people.find((p) => p.name === '蒋牧云')
    const r = await fetch('/api/v1/me/away', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ from, until, stand_in: deputy.id, reason: '外出开会' }) })
    return r.status
  }, [new Date(now - 60_000).toISOString(), new Date(+now + 86_400_000).toISOString()])
  assert.ok(answer < 300, `外出没有登记成：${answer}`)

  const deputy = await Person.arrive(browser, office, '2001', { screen: phone })
  await deputy.take(title)
  await deputy.act('拟办，直接分办', { 主办单位: '秘书科' }, '请秘书科办理。')
  const course = await deputy.page.locator('section.course').textContent()
  assert.match(course, /蒋牧云（代 贺庭山）/)
  await director.leave()
  await clerk.leave()
  await deputy.leave()
})

// moment writes a time some hours from now as one types it.
function moment(hours) {
  const p = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const { year, month, day, hour, minute } = Object.fromEntries(p.formatToParts(Date.now() + hours * 3_600_000).map((x) => [x.type, x.value]))
  return `${year}年${month}月${day}日 ${hour}:${minute}`
}

test('会议室排定以后，工作台的“今天”写明，点开就是那一件', async () => {
  const asker = await Person.arrive(browser, office, '2302')
  const today = asker.page.getByRole('region', { name: '今天', exact: true })
  const title = '信息科冬季选题会'
  const id = await asker.begin('room-booking', '送排期', { 用途: title, 会议室: '第二会议室', 开始时间: moment(-1 / 30), 结束时间: moment(1 / 30), 人数: 5 })
  await asker.page.goto('/')
  await asker.page.getByRole('heading', { name: '待办', exact: true }).waitFor()
  assert.equal(await today.getByRole('link', { name: title }).count(), 0, '没有排定的还不算')
  const keeper = await Person.arrive(browser, office, '2102', { screen: phone })
  await keeper.look(id)
  await keeper.act('同意使用')
  await asker.page.goto('/')
  await today.getByRole('link', { name: title }).click()
  await asker.page.waitForURL(`**/matters/${id}`)
  await keeper.leave()
  await asker.leave()
})

test('来访的当场解答，新办的页上就能办；日期被退时日历不挡住原因', async () => {
  const reception = await Person.arrive(browser, office, '3302', { screen: phone })
  const { page } = reception
  await page.goto('/new/petition')
  await fill(page.locator('form'), { 来源: '来访', 姓名: '田某', 反映事项: '咨询哪天供暖', 诉求: '想知道供暖日期', 类别: '其他', 接谈记录: '已说明' })
  await page.locator('form').getByRole('button', { name: '当场解答', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '当场解答', exact: true }).waitFor()
  await reception.act('当场解答', { 处理结果: '已告知供暖日期' })
  await reception.stands('已办结')
  await page.goto('/new/leave')
  await fill(page.locator('form'), { 事由: '探亲', 起: moment(-48), 止: moment(-72) })
  await page.locator('form').getByRole('button', { name: '送审批', exact: true }).click()
  await page.locator('.reasons').waitFor()
  await page.locator('[data-field="from"] .note.red').waitFor()
  assert.equal(await page.locator('.el-picker-panel:visible').count(), 0, '日历挡住了原因')
  await reception.leave()
})
