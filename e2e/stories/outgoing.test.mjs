// 一件发文，由起草、会签、校核、主任、领导、文书、文印各人在各自的屏幕前办完；领导在手机上签发。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { fieldOf, fill } from '../lib/form.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

// by lets someone find a matter among what they owe, do one thing and leave.
async function by(username, title, action, values, opinion, options) {
  const person = await Person.arrive(browser, office, username, options)
  await person.take(title)
  await person.act(action, values, opinion)
  await person.leave()
}

const body = `为保障人民群众安全温暖过冬，现就做好今冬供暖有关工作通知如下。
一、落实责任
各乡镇人民政府、县政府各部门要明确专人负责，逐户排查供暖设施。
二、畅通渠道
公布值班电话，群众反映的问题当日办理、当日回复。
三、加强督查
县政府办公室将适时组织检查，检查情况予以通报。`

const title = '关于做好今冬供暖工作的通知'

test('一件发文从拟稿到分发归集，各人办完，领导在手机上签发', async () => {
  const drafter = await Person.arrive(browser, office, '3302')
  const id = await drafter.begin('outgoing', '送审', {
    发文机关: '临溪县人民政府', 文种: '通知', 印发范围: '各乡镇人民政府，县政府各部门', 公开属性: '公开', 份数: 30,
    标题: title, 主送机关: '各乡镇人民政府，县政府各部门', 正文: body, 会签单位: ['行政科'],
  })
  await drafter.stands('部门审核')

  await by('3301', title, '同意送审', {}, '同意送会签')
  await by('3201', title, '同意', {}, '无意见')
  await by('2202', title, '校核合格，送主任审核', {
    可否合并或精简: '不能合并也不能再精简',
    校核合格项: ['报批程序完备', '确需行文', '合政策法规并与前文衔接', '措施可行', '部门已协商一致', '人名地名时间数字引文准确', '文种格式密级缓急和印发范围正确', '发布形式恰当'],
    核稿要点: ['行文关系与格式', '标题与内容相符', '密级与范围', '层次逻辑', '文词标点'],
  })
  await by('1010', title, '送签发', { 签发人: '郑跃川' }, '请签发')
  await by('1006', title, '签发', {}, '同意，发', { screen: phone })
  await by('2202', title, '复核合格，送编号', { 复核合格项: ['审批手续', '文种', '密级', '格式'] })
  await by('3103', title, '编号登记')

  const printer = await Person.arrive(browser, office, '3104')
  await printer.take(title)
  await printer.press('已排版，送校对')
  await drafter.look(id)
  await drafter.press('校对无误，付印')
  await printer.take(title)
  await printer.act('已印好，送用印', { 印刷份数: 32 })
  await printer.leave()

  const dispatcher = await Person.arrive(browser, office, '3103')
  await dispatcher.take(title)
  await dispatcher.act('已用印', { 用印份数: 30 })
  await dispatcher.act('成品检查合格', { 成品检查合格项: ['字迹清晰', '版面整洁', '装订齐整', '印章骑年压月', '内容与原稿一致'] })
  await dispatcher.act('三对照无误，发出', {
    分发清单: [
      { 收件单位: '枫渡镇人民政府', 份数: 14, 发送方式: '集中交换' },
      { 收件单位: '苇汀乡人民政府', 份数: 14, 发送方式: '直接递送' },
    ],
    存档留存份数: 2,
  })
  await dispatcher.act('已全部签收', { 分发清单: [{ 收件人: '梅景川' }, { 收件人: '骆行舟' }] })
  await dispatcher.act('材料收齐，办结', { 已收齐的材料: ['定稿', '正本', '有关材料', '电子件'] })
  await dispatcher.stands('已办结')
  const head = await dispatcher.page.locator('header.title').textContent()
  const number = head.match(/临政〔\d{4}〕\d+号/)?.[0]
  assert.ok(number, `应有发文字号，实际：${head}`)

  await dispatcher.page.goto('/registers/outgoing')
  const line = dispatcher.page.getByRole('row').filter({ hasText: title })
  await line.first().waitFor()
  assert.match(await line.first().textContent(), new RegExp(number))
  await drafter.leave()
  await dispatcher.leave()
})

test('送审时写错的，一次说清各处，并保留所填', async () => {
  const drafter = await Person.arrive(browser, office, '3302')
  const { page } = drafter
  await page.goto('/new/outgoing')
  const form = page.locator('form')
  await fill(form, {
    发文机关: '临溪县人民政府', 文种: '请示', 行文方向: '上行', 印发范围: '市政府', 公开属性: '不公开', 份数: 5,
    标题: '关于解决防汛经费的请示报告', 主送机关: '安澜市人民政府，安澜市财政局', 正文: '因防汛需要，恳请拨付经费。',
  })
  await form.getByRole('button', { name: '送审', exact: true }).click()
  const reasons = await form.locator('.reasons').textContent()
  for (const said of ['不得写成“请示报告”', '一文一事', '只写一个主送机关', '附注']) {
    assert.ok(reasons.includes(said), `应说明“${said}”，实际：${reasons}`)
  }
  assert.equal(await fieldOf(form, '主送机关').locator('input').inputValue(), '安澜市人民政府，安澜市财政局')
  await drafter.leave()
})
