// 服务重启、代理不通：打开着的页面说连不上，自动再试；填的都在，送出的接着送到。代理自己的英文谁也看不到。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newPage, openBrowser } from '../lib/browser.mjs'
import { fill } from '../lib/form.mjs'
import { openOffice, password, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

const away = (page) => page.getByText('连不上系统，可能正在重启', { exact: false }).first()
const back = (page) => page.locator('.away').waitFor({ state: 'detached', timeout: 20_000 })

test('送出时服务正在重启，起来以后自己送到', async () => {
  const duty = await Person.arrive(browser, office, '2602')
  const { page } = duty
  await page.goto('/new/incoming')
  await fill(page.locator('form'), { 来文单位: '安澜市气象局', 份数与投递单一致: true, 行文关系正确: true, 印章及手续完整: true })
  await page.waitForLoadState('networkidle').catch(() => {})
  await office.stop()
  await page.locator('form').getByRole('button', { name: '签收', exact: true }).click()
  await away(page).waitFor()
  await office.start()
  await page.waitForURL(/\/matters\/\d+/)
  await duty.settled()
  await back(page)
  await page.getByText('安澜市气象局').first().waitFor()
  await duty.leave()
})

test('登录时服务正在重启，填的工号密码还在，连上了自己登录', async () => {
  const page = await newPage(browser, office.url)
  const person = new Person(page, '2201')
  await page.goto('/login')
  await page.getByLabel('工号').fill(person.username)
  await page.getByLabel('密码').fill(password)
  await office.stop()
  await page.getByRole('button', { name: '登录' }).click()
  await away(page).waitFor()
  assert.equal(await page.getByLabel('密码').inputValue(), password)
  await office.start()
  await back(page)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((u) => u.pathname === '/')
  await person.leave()
})

// nginx answers in the server's stead, in its own words.
const nginx = (status) => (route) => route.fulfill({ status, contentType: 'text/html', body: `<html><center>${status} nginx/1.22.1</center></html>` })

test('代理说后面没有服务，页面说中文，通了自己打开', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  const { page } = clerk
  const answers = nginx(502)
  await page.route(/\/(api\/|healthz)/, answers)
  await page.goto('/registers')
  await away(page).waitFor()
  assert.equal(await page.getByText('nginx').count(), 0)
  await page.unroute(/\/(api\/|healthz)/, answers)
  await page.getByRole('heading', { name: '登记簿', level: 1 }).waitFor()
  await back(page)
  page.faults.length = 0 // the proxy's own answers
  await clerk.leave()
})

test('附件太大，说上限：不送就说；代理不让过的也说', async () => {
  const drafter = await Person.arrive(browser, office, '2201')
  const { page } = drafter
  await page.route('**/api/v1/files', nginx(413))
  await page.goto('/new/outgoing')
  const picker = page.locator('input[type="file"]:not([data-import])').first()
  await picker.setInputFiles({ name: '会议材料.txt', mimeType: 'text/plain', buffer: Buffer.from('会议材料'.repeat(500_000)) })
  await page.getByText('文件有 6 MB，本系统最大收 100 MB，但前面的反向代理不让它通过', { exact: false }).waitFor()
  await drafter.leave()
})
