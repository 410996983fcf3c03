// 一件来文，由四个人在各自的屏幕前办完；再在手机上办一件。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { openOffice } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await Promise.all([openOffice(), openBrowser()]) })
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
  assert.equal(await clerk.step(), '登记')
  await clerk.act('登记', registered(title, '安政办〔2026〕75号'))
  assert.equal(await clerk.step(), '初审')
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
  assert.equal(await clerk.step(), '分办')
  await clerk.act('分送承办')

  const section = await Person.arrive(browser, office, '3301')
  await section.take(title)
  await section.act('办结报结果', { 处理结果: '已召开部署会，分片包干到人，隐患整改 12 处。' })
  await section.leave()

  await clerk.take(title)
  assert.equal(await clerk.step(), '注办')
  await clerk.act('办结', { 原件已收回: true })
  assert.equal(await clerk.step(), '已办结')

  const course = await clerk.page.getByRole('region', { name: '办理过程' }).textContent()
  for (const said of ['签收', '登记', '贺庭山', '拟请郑跃川同志批示', '郑跃川', '月底前报结果', '雷振声', '办结']) {
    assert.ok(course.includes(said), `办理过程里应有“${said}”`)
  }
  await clerk.page.goto('/registers/incoming')
  await clerk.page.getByText(title).first().waitFor()
  await clerk.look(id)
  await clerk.leave()
})
