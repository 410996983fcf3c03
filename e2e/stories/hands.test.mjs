// 顺手：办完一件接着下一件，列表回来还是原样，退回按名称选，日期怎么打都认得，输入法没选完字不查。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser } from '../lib/browser.mjs'
import { fill } from '../lib/form.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

const signed = { 来文单位: '安澜市人民政府办公室', 份数与投递单一致: true, 行文关系正确: true, 印章及手续完整: true }
const registered = (title, number) => ({ 标题: title, 来文字号: number, 来文日期: '2026年11月16日', 份数: 2, 页数: 6, 附件: '无' })
const reviewed = { 初审合格项: ['属本机关办理', '符合行文规则', '文种格式正确', '已协商会签', '附件齐全'] }

test('办完一件，下一件就在手边；退回按环节的名称选，上一环节已经选好', async () => {
  const title = '关于报送节日值班安排的通知'
  const clerk = await Person.arrive(browser, office, '3102')
  await clerk.begin('incoming', '签收', signed)
  await clerk.act('登记', registered(title, '安政办〔2026〕81号'))
  await clerk.act('初审合格，送拟办', reviewed)
  const next = clerk.page.getByRole('region', { name: '下一件待办' })
  await next.getByText(/待办还有 \d+ 件/).waitFor()
  await next.getByRole('link', { name: '再办一件收文办理' }).waitFor()
  const link = next.getByRole('link').first()
  const address = await link.getAttribute('href')
  await link.click()
  await clerk.page.waitForURL(`**${address}`)
  await clerk.settled()
  assert.equal(await next.count(), 0, '刚打开、还没有办的，不催下一件')
  await clerk.leave()

  const director = await Person.arrive(browser, office, '1007')
  await director.take(title)
  const form = await director.open('退回')
  const steps = form.locator('[data-field="return_to"] label').filter({ has: director.page.getByRole('radio') })
  assert.deepEqual((await steps.allTextContents()).map((t) => t.trim()), ['初审', '登记', '签收'])
  assert.ok(await form.getByRole('radio', { name: '初审' }).isChecked())
  await form.locator('#opinion').fill('请补充附件后再报')
  await form.locator('button[type="submit"]').click()
  await director.done('退回')
  await director.stands('初审')
  await director.leave()
})

test('从一件事回到列表，查的字、翻到的页和那一行都还在', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/tasks/done')
  const count = page.getByText(/\d+ 件$/).first()
  await count.waitFor()
  const all = Number((await count.textContent()).match(/\d+/)[0])
  assert.ok(all > 60, `样例里文书办过的不止 ${all} 件`)
  await page.getByRole('button', { name: '下一页' }).click()
  await page.waitForURL('**/tasks/done?page=2')
  await page.getByLabel('在这里查找').fill('供暖')
  await page.waitForURL((u) => u.searchParams.get('q') === '供暖' && !u.searchParams.has('page'))
  await page.getByText(/符合的 \d+ 件/).waitFor()
  const line = page.locator('a.title').last()
  const [title, href] = [await line.textContent(), await line.getAttribute('href')]
  await line.click()
  await page.waitForURL(`**${href}`)
  await clerk.settled()
  await page.goBack()
  await page.getByText(/符合的 \d+ 件/).waitFor()
  assert.equal(await page.getByLabel('在这里查找').inputValue(), '供暖')
  await page.waitForFunction((t) => document.activeElement?.textContent === t, title)

  await page.getByLabel('在这里查找').fill('')
  await page.getByRole('combobox', { name: '从哪天办的' }).fill('2026.11.1')
  await page.keyboard.press('Enter')
  await page.waitForURL((u) => u.searchParams.get('from') === '2026-11-01')
  await clerk.leave()
})

test('日期怎么顺手怎么打，认不得的当时就说', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await clerk.begin('incoming', '签收', signed)
  const form = await clerk.open('登记')
  const box = form.locator('[data-field="doc_date"] input').first()
  await box.waitFor()
  const year = await page.evaluate(async () => new Date((await (await fetch('/api/v1/me')).json()).now).getFullYear())
  for (const said of ['11.16', '1116', '11月16日', `${year}-11-16`]) {
    await box.fill(said)
    await box.press('Enter')
    await page.waitForFunction(([el, text]) => el.value === text, [await box.elementHandle(), `${year}年11月16日`])
    await box.fill('')
    await box.press('Tab')
  }
  await box.fill('下周一')
  await box.press('Enter')
  await page.locator('.toast').filter({ hasText: '认不出是哪一天' }).waitFor()
  await clerk.leave()
})

test('用输入法打字，没有选完字不查，也不打断', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/search')
  const box = page.getByLabel('要找的字')
  await box.focus()
  const keys = await page.context().newCDPSession(page)
  await keys.send('Input.imeSetComposition', { text: "gong'nuan", selectionStart: 9, selectionEnd: 9 })
  await page.waitForTimeout(600)
  assert.equal(new URL(page.url()).search, '', '拼音还没有变成字，不该去查')
  await keys.send('Input.insertText', { text: '供暖' })
  await page.waitForURL((u) => u.searchParams.get('q') === '供暖')
  assert.equal(await box.inputValue(), '供暖')
  await page.getByText(/找到 \d+ 件/).waitFor()
  await clerk.leave()
})
