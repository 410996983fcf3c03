// 自己的规矩：管理员在浏览器里做一类事项，大家用它、登记、打印，再停用；改一条制度；会议室不能订重。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

const text = (page) => page.getByLabel('定义的文字')
const status = (page) => page.locator('.faults')
const say = async (page, words) => status(page).getByText(words).waitFor()

test('管理员写一类事项：错在哪行当场指出，改好发布；科室用它办完，登记簿上有，印得出来；停用后不能再新办', async () => {
  const admin = await Person.arrive(browser, office, '9001')
  const { page } = admin
  await page.goto('/admin/definitions')
  await page.getByRole('link', { name: '新建' }).click()
  await say(page, '没有错误')
  const source = (await text(page).inputValue()).replaceAll('钥匙领用', '投影仪借用').replace('kind: key-loan', 'kind: projector-loan')
  await text(page).fill(source.replace('to: approve', 'to: aprove'))
  await say(page, /处要改/)
  const line = source.split('\n').findIndex((l) => l.includes('to: approve')) + 1
  await page.getByRole('button', { name: `第 ${line} 行` }).waitFor()
  assert.ok(await page.getByRole('button', { name: '发布' }).isDisabled(), '有错误时不能发布')
  await text(page).fill(source)
  await say(page, '没有错误')
  await page.locator('#trial-subject').fill('二楼投影仪')
  await page.getByRole('tab', { name: '印表' }).click()
  await page.getByRole('tabpanel').getByText('二楼投影仪').waitFor()
  await page.getByRole('tab', { name: '登记簿' }).click()
  await page.getByRole('columnheader', { name: '数量' }).waitFor()
  await page.getByRole('button', { name: '发布' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
  await page.waitForURL('**/admin/definitions')
  await page.getByRole('link', { name: '投影仪借用' }).waitFor()

  const clerk = await Person.arrive(browser, office, '3102')
  const id = await clerk.begin('projector-loan', '送审批', { 事由: '二楼投影仪' })
  const head = await Person.arrive(browser, office, '3101', { screen: phone })
  await head.look(id)
  await head.act('同意')
  await head.leave()
  await clerk.look(id)
  await clerk.stands('已办结')
  await clerk.page.goto('/registers/projector-loan')
  await clerk.page.getByText('二楼投影仪').first().waitFor()
  const pdf = await clerk.page.request.get(`/api/v1/matters/${id}/paper.pdf?sheet=form`)
  assert.equal(pdf.status(), 200)
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')

  await page.goto('/admin/definitions/projector-loan')
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
  await page.waitForURL('**/admin/definitions')
  await clerk.page.goto('/start')
  await clerk.page.getByRole('heading', { name: '新办' }).waitFor()
  await clerk.page.getByRole('main').getByRole('link', { name: '收文办理', exact: true }).waitFor()
  assert.equal(await clerk.page.getByRole('main').getByRole('link', { name: '投影仪借用', exact: true }).count(), 0)
  await clerk.look(id) // what was handled stays to be read
  await clerk.stands('已办结')
  await clerk.leave()
  await admin.leave()
})

test('管理员改一条制度的期限，写明依据，大家看到新的和旧的', async () => {
  const admin = await Person.arrive(browser, office, '9001')
  const { page } = admin
  await page.goto('/rulebook?q=5个工作日')
  const first = page.locator('article').filter({ has: page.locator('.figures') }).first()
  await first.waitFor()
  const id = await first.getAttribute('id')
  await first.getByRole('button', { name: `修改条款${id}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '修改', exact: true }).click()
  await dialog.getByText('请填写依据').waitFor()
  await dialog.getByLabel('条文').fill('本单位规定：三个工作日内办完。')
  await dialog.locator('#record-reason').fill('主任办公会2026年第12次会议')
  await dialog.getByRole('button', { name: '修改', exact: true }).click()
  await page.locator('.toast').first().waitFor()
  await admin.leave()

  const clerk = await Person.arrive(browser, office, '3102')
  await clerk.page.goto(`/rulebook?q=${id}`)
  const now = clerk.page.locator(`article[id="${id}"]`)
  await now.locator('.text').getByText('三个工作日内办完').waitFor()
  await now.getByText('本单位改过 1 次').click()
  await now.getByText('主任办公会2026年第12次会议').waitFor()
  assert.equal(await now.getByRole('button', { name: /修改/ }).count(), 0, '只有系统管理员能改')
  await clerk.leave()
})

// secondRoom shows the week of the second meeting room.
async function secondRoom(page) {
  await page.goto('/bookings?kind=room&week=2027-03-01')
  await page.getByRole('navigation', { name: '会议室' }).getByRole('button', { name: /第二会议室/ }).click()
}

// bookFreeHour presses a free hour of it and sends the booking, the room and the time being filled in already.
async function bookFreeHour(person, title) {
  const { page } = person
  await secondRoom(page)
  await page.getByRole('button', { name: '3月3日9时，预订' }).click({ position: { x: 20, y: 8 } })
  await page.waitForURL('**/new/room-booking?**')
  const form = page.locator('form').first()
  await form.locator('[data-field="room"]').getByText('第二会议室').first().waitFor()
  await form.locator('[data-field="title"] input').fill(title)
  await form.locator('[data-field="attendees"] input').fill('8')
  await form.getByRole('button', { name: '送排期' }).click()
  await page.waitForURL(/\/matters\/\d+/)
  await person.settled()
  await person.stands('排期')
  return page.url().match(/\/matters\/(\d+)/)[1]
}

test('在预订一览上点一个空着的钟点就开始预订；同一时间订重了，排期时不让订，说明被谁订用', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const first = await bookFreeHour(clerk, '业务培训')
  const second = await bookFreeHour(clerk, '联席会议')
  const keeper = await Person.arrive(browser, office, '2102')
  await keeper.look(first)
  await keeper.act('同意使用')
  await keeper.look(second)
  assert.match(await keeper.refused('同意使用'), /第二会议室 3月3日09:00至10:00已由何映雪订用/)
  await keeper.leave()
  await secondRoom(clerk.page)
  await clerk.page.getByRole('link', { name: '09:00—10:00 何映雪' }).waitFor()
  await clerk.leave()
})
