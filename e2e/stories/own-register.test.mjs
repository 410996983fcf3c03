// 自己的登记簿：管理员照指南在浏览器里做一类事项，同事用上，登上簿，印出来；改了以后新办的按新的，停用后不能再新办。
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openBrowser } from '../lib/browser.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

// The definition is the one the guide tells to write: what the guide promises is what happens here.
const guide = await readFile(new URL('../../docs/guide/own-register.md', import.meta.url), 'utf8')
const source = guide.split('<!-- 检查：完整 -->\n```yaml\n')[1].split('```')[0]
const purpose = '拍摄全县冬季供暖工作照片'
let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

const editor = (page) => page.getByLabel('定义的文字')
const publishing = (page) => page.locator('.page-head').getByRole('button', { name: '发布' })

async function publish(page) {
  await page.getByText('没有错误').waitFor()
  await publishing(page).click()
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
  await page.waitForURL('**/admin/definitions')
}

// gone looks at a list after it has come.
async function gone(page, path) {
  await page.goto(path)
  const list = page.locator('.page section')
  await list.first().waitFor()
  assert.equal(await list.getByRole('link', { name: '公用设备借用' }).count(), 0, path)
}

test('写错的地方说明在第几行，改好才能发布', async () => {
  const admin = await Person.arrive(browser, office, '9001')
  const { page } = admin
  await page.goto('/admin/definitions')
  await page.getByRole('link', { name: '新建' }).click()
  await editor(page).fill(source.replace('to: approve', 'to: aprove'))
  const line = source.split('\n').findIndex((l) => l.includes('to: approve')) + 1
  await page.locator('#faults').getByText('没有环节“aprove”').waitFor()
  await page.locator('#faults').getByRole('button', { name: `第 ${line} 行` }).waitFor()
  assert.ok(await publishing(page).isDisabled(), '有错时不能发布')
  await editor(page).fill(source)
  await page.getByRole('heading', { level: 1, name: '公用设备借用' }).waitFor()
  await publish(page)
  await page.getByRole('link', { name: '公用设备借用' }).waitFor()
  await admin.leave()
})

test('同事从新办到交还，登上登记簿，簿和单都印得出来', async () => {
  const borrower = await Person.arrive(browser, office, '3302')
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  const id = await borrower.begin('equipment-loan', '送负责人', { 设备: '相机', 用途: purpose, 应还日期: day })
  const head = await Person.arrive(browser, office, '3301')
  await head.take('相机')
  await head.act('同意借用', {}, '同意')
  await borrower.look(id)
  assert.match(await borrower.refused('已交还', { 完好情况: '有损坏' }), /有损坏的请写明/)
  await borrower.look(id)
  await borrower.act('已交还', { 完好情况: '完好' })
  await borrower.stands('已办结')

  const { page } = head
  await page.goto('/registers/equipment-loan')
  await page.getByRole('grid').getByText(purpose).waitFor()
  for (const path of ['/registers/equipment-loan.pdf', `/matters/${id}/paper.pdf`]) {
    const pdf = await page.request.get(`/api/v1${path}`)
    assert.equal(pdf.status(), 200, path)
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-', path)
  }
  await page.goto('/statistics')
  const line = page.getByRole('table', { name: '各类事项' }).getByRole('row').filter({ hasText: '公用设备借用' })
  assert.match((await line.textContent()).replace(/\s+/g, ''), /公用设备借用110?1/)
  await head.leave()
  await borrower.leave()
})

test('改了再发布，新办的按新写法；停用后不能再新办', async () => {
  const admin = await Person.arrive(browser, office, '9001')
  await admin.page.goto('/admin/definitions/equipment-loan')
  await editor(admin.page).fill(source.replace('name: 用途, type', 'name: 用在哪里, type'))
  await publish(admin.page)
  const borrower = await Person.arrive(browser, office, '3302')
  await borrower.page.goto('/new/equipment-loan')
  await borrower.page.getByText('用在哪里').first().waitFor()

  await admin.page.goto('/admin/definitions/equipment-loan')
  await admin.page.getByRole('button', { name: '停用' }).click()
  await admin.page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
  await admin.page.waitForURL('**/admin/definitions')
  await gone(admin.page, '/admin/definitions')
  await gone(borrower.page, '/start')
  await borrower.page.goto('/registers/equipment-loan') // 登过的簿仍然在
  await borrower.page.getByRole('grid').getByText(purpose).waitFor()
  await admin.leave()
  await borrower.leave()
})
