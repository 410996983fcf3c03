// 一件来文，由四个人在各自的屏幕前办完；再在手机上办一件。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { fill } from '../lib/form.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

const signed = { 来文单位: '安澜市人民政府办公室', 份数与投递单一致: true, 行文关系正确: true, 印章及手续完整: true }
const registered = (title, number) => ({
  标题: title, 来文字号: number, 来文日期: '2026年11月16日', 份数: 2, 页数: 6, 附件: '无',
})
const reviewed = { 初审合格项: ['属本机关办理', '符合行文规则', '文种格式正确', '已协商会签', '附件齐全'] }

test('一件来文从签收到注办，四个人办完', async () => {
  const title = '关于做好今冬明春火灾防控工作的通知'
  const clerk = await Person.arrive(browser, office, '3102')
  const id = await clerk.begin('incoming', '签收', signed)
  await clerk.stands('登记')
  await clerk.act('登记', registered(title, '安政办〔2026〕75号'))
  await clerk.stands('初审')
  assert.match(await clerk.page.locator('header.title').textContent(), /收〔\d{4}〕\d+号/)
  await clerk.act('初审合格，送拟办', reviewed)

  const director = await Person.arrive(browser, office, '1007')
  await director.take(title)
  await director.act('拟办，送领导批示', { 送批领导: ['郑跃川'], 主办单位: '应急信访科' }, '拟请郑跃川同志批示，应急信访科牵头办理。')
  await director.leave()

  const leader = await Person.arrive(browser, office, '1006')
  await leader.take(title)
  await leader.act('批示', {}, '请应急信访科抓紧部署，月底前报结果。')
  await leader.leave()

  await clerk.take(title)
  await clerk.stands('分办')
  await clerk.act('分送承办')

  const section = await Person.arrive(browser, office, '3301')
  await section.take(title)
  await section.act('办结报结果', { 处理结果: '已召开部署会，分片包干到人，隐患整改 12 处。' })
  await section.leave()

  await clerk.take(title)
  await clerk.stands('注办')
  await clerk.act('办结', { 原件已收回: true })
  await clerk.stands('已办结')

  const course = await clerk.page.getByRole('region', { name: '办理过程' }).textContent()
  for (const said of ['签收', '登记', '贺庭山', '拟请郑跃川同志批示', '郑跃川', '月底前报结果', '雷振声', '办结']) {
    assert.ok(course.includes(said), `办理过程里应有“${said}”`)
  }
  await clerk.page.goto('/registers/incoming')
  await clerk.page.getByText(title).first().waitFor()
  await clerk.look(id)
  await clerk.leave()
})

test('一件来文在手机上拟办、批示、承办', async () => { // OA-11
  const title = '关于报送第四季度安全生产工作情况的通知'
  const clerk = await Person.arrive(browser, office, '3102', { screen: phone })
  await clerk.begin('incoming', '签收', signed)
  await clerk.act('登记', registered(title, '安政办〔2026〕76号'))
  await clerk.act('初审合格，送拟办', reviewed)

  const director = await Person.arrive(browser, office, '1007', { screen: phone })
  await director.take(title)
  await director.act('拟办，送领导批示', { 送批领导: ['秦以宁'], 主办单位: '综合科' }, '拟请秦以宁同志批示。')
  await director.leave()
  const leader = await Person.arrive(browser, office, '1005', { screen: phone })
  await leader.take(title)
  await leader.act('批示', {}, '请综合科按时报送。')
  await leader.stands('分办')
  await leader.leave()
  await clerk.take(title)
  await clerk.act('分送承办')
  const section = await Person.arrive(browser, office, '2201', { screen: phone })
  await section.take(title)
  await section.act('办结报结果', { 处理结果: '已按时报送。' })
  await section.leave()
  await clerk.take(title)
  await clerk.act('办结', { 原件已收回: true })
  await clerk.stands('已办结')
  const wide = await clerk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `手机上不该左右滚动，多出 ${wide} 像素`)
  await clerk.leave()
})

test('送错了可以撤回，撤回前后都在办理过程里', async () => {
  const title = '关于征求基层减负工作意见的函'
  const clerk = await Person.arrive(browser, office, '3102')
  await clerk.begin('incoming', '签收', signed)
  await clerk.act('登记', registered(title, '安政办函〔2026〕77号'))
  await clerk.act('初审合格，送拟办', reviewed)
  await clerk.stands('拟办')
  await clerk.act('撤回')
  await clerk.stands('初审')
  const course = await clerk.page.getByRole('region', { name: '办理过程' }).textContent()
  assert.ok(course.includes('初审合格，送拟办') && course.includes('撤回'))
  await clerk.leave()
})

test('填得不对时一次说清各处，并指明依据', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  await page.goto('/new/incoming')
  const form = page.locator('form')
  await fill(form, { 来文单位: '安澜市档案局' })
  await form.getByRole('button', { name: '签收', exact: true }).click()
  const reasons = form.locator('.reasons')
  await reasons.waitFor()
  const text = await reasons.textContent()
  for (const said of ['份数与投递单不一致', '行文关系不正确', '印章或手续不完整']) assert.ok(text.includes(said), `应说明“${said}”：${text}`)
  await reasons.getByRole('button', { name: '查看依据' }).last().click()
  const basis = page.getByRole('dialog')
  await basis.getByText('DOC-IN-').waitFor()
  await clerk.leave()
})

test('必填的栏目有星号，星号跟着所填的变', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  const stars = async () => (await page.locator('form [data-field]', { has: page.getByLabel('必填', { exact: true }) }).evaluateAll((all) => all.map((f) => f.dataset.field))).join(' ')
  const show = (field, there) => page.locator(`form [data-field="${field}"] .must`).waitFor({ state: there ? 'attached' : 'detached' })
  await page.goto('/new/incoming')
  await show('sender', true)
  assert.equal(await stars(), 'received_at channel sender addressee copies_ok routing_ok seal_ok')
  await fill(page.locator('form'), { 来文渠道: '电子传输' })
  for (const checked of ['origin_ok', 'complete_ok', 'format_ok']) await show(checked, true)
  await fill(page.locator('form'), { 来文渠道: '机要交换' })
  await clerk.begin('incoming', '签收', signed)
  const form = await clerk.open('登记')
  const ordinary = 'type title doc_date copies pages attachment_number secrecy urgency sender'
  assert.equal(await stars(), ordinary)
  await fill(form, { 要求答复: true })
  await show('reply_by', true)
  await fill(form, { 要求答复: false, 办理类型: '亲启' })
  await show('envelope', true)
  assert.equal(await stars(), 'type secrecy urgency envelope recipient sender')
  await fill(form, { 办理类型: '报批' })
  await show('title', true)
  assert.equal(await stars(), ordinary)
  await clerk.leave()
})

test('两个窗口同时登记一件，后办的看到别人先办了，所填还在；连点两次只办一次', async () => {
  const one = await Person.arrive(browser, office, '3102')
  const two = await Person.arrive(browser, office, '3102')
  const id = await one.begin('incoming', '签收', signed)
  await two.look(id)
  const title = '关于开展档案安全检查的通知'
  const form = await two.open('登记')
  await fill(form, registered('后一个窗口写的标题', '安档〔2026〕9号'))
  const first = await one.open('登记')
  await fill(first, registered(title, '安档〔2026〕8号'))
  await first.locator('button[type="submit"]').dblclick()
  await one.done('登记')
  await one.stands('初审')
  const course = one.page.getByRole('region', { name: '办理过程' }).locator('li .who').filter({ hasText: '登记' })
  assert.equal(await course.count(), 1, '连点两次只应登记一次')

  await form.locator('button[type="submit"]').click()
  const conflict = two.page.getByRole('dialog', { name: '别人先办了' })
  await conflict.waitFor()
  assert.match(await conflict.textContent(), /后一个窗口写的标题|安档〔2026〕9号/)
  await one.leave()
  await two.leave()
})
