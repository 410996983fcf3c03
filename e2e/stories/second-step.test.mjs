// 二次验证：本人开启，登录时要验证码；恢复码能用一次；要求管理员开启，不开启什么也办不了；丢了手机由系统管理员重置。
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { codeAt } from '../lib/authenticator.mjs'
import { newPage, openBrowser, phone } from '../lib/browser.mjs'
import { openOffice, out, password, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

async function shot(page, name) {
  const folder = join(out, 'second-step')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

// enrol opens the second step on one's own page and answers with the secret and the recovery codes.
async function enrol(page) {
  await page.getByRole('button', { name: '开启二次验证' }).click()
  await page.getByLabel('先核对密码').fill(password)
  await page.getByRole('button', { name: '下一步' }).click()
  const secret = (await page.locator('[data-secret]').textContent()).trim()
  await page.getByAltText('给手机验证器扫的二维码').waitFor()
  await shot(page, `开启${page.viewportSize().width}`)
  await page.getByLabel('验证码').fill('000000')
  await page.getByRole('button', { name: '确认开启' }).click()
  await page.getByText(/验证码不对/).waitFor()
  await page.getByLabel('验证码').fill(codeAt(secret))
  await page.getByRole('button', { name: '确认开启' }).click()
  await page.getByRole('heading', { name: '恢复码' }).waitFor()
  const codes = await page.locator('.codes li').allTextContents()
  await shot(page, `恢复码${page.viewportSize().width}`)
  await page.getByRole('button', { name: '已收好' }).click()
  return { secret, codes }
}

async function second(person, code) {
  await person.page.getByLabel('验证码').fill(code)
  await person.page.getByRole('button', { name: '登录', exact: true }).click()
}

test('本人开启二次验证，下次登录要验证码，恢复码用一次就作废', async () => {
  const person = await Person.arrive(browser, office, '3302')
  await person.page.goto('/security')
  const { secret, codes } = await enrol(person.page)
  assert.equal(codes.length, 10)
  await person.page.getByText(/还有 10 个恢复码/).waitFor()
  await shot(person.page, '登录安全1440')
  await person.leave()

  const again = new Person(await newPage(browser, office.url, { screen: phone }), '3302')
  await again.page.goto('/login')
  await again.page.getByLabel('工号').fill('3302')
  await again.page.getByLabel('密码').fill(password)
  await again.page.getByRole('button', { name: '登录' }).click()
  await again.page.getByText('密码已核对').waitFor()
  await shot(again.page, '验证码390')
  await second(again, '123')
  await again.page.getByRole('alert').filter({ hasText: '验证码不对' }).waitFor()
  await second(again, codeAt(secret, 1))
  await again.page.waitForURL((u) => u.pathname === '/')
  await again.page.goto('/security')
  await again.page.getByRole('heading', { name: '正在登录的地方' }).waitFor()
  await shot(again.page, '登录安全390')
  await again.leave()

  for (const works of [true, false]) {
    const page = await newPage(browser, office.url)
    const other = new Person(page, '3302')
    await page.goto('/login')
    await page.getByLabel('工号').fill('3302')
    await page.getByLabel('密码').fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('密码已核对').waitFor()
    await second(other, codes[0])
    if (works) await page.waitForURL((u) => u.pathname === '/')
    else await page.getByRole('alert').filter({ hasText: '验证码不对' }).waitFor()
    await other.leave()
  }
})

test('系统管理员给丢了手机的人重置，之后只用密码登录', async () => {
  const admin = await Person.arrive(browser, office, '9001')
  await admin.page.goto('/admin/people')
  await admin.page.getByRole('button', { name: '修改阮清如' }).click()
  await admin.page.getByRole('button', { name: '重置二次验证' }).click()
  await admin.page.getByText('请先当面核实').waitFor()
  await admin.page.getByRole('button', { name: '重置', exact: true }).click()
  await admin.page.locator('.toast').filter({ hasText: '已重置' }).waitFor()
  await admin.leave()
  const person = await Person.arrive(browser, office, '3302')
  await person.leave()
})

test('要求管理员二次验证以后，没有开启的管理员先开启才能办别的', async () => {
  const security = await Person.arrive(browser, office, '9002')
  await security.page.goto('/admin/sign-in')
  await shot(security.page, '登录规定1440')
  await security.page.getByRole('button', { name: '要求管理员二次验证' }).click()
  await security.page.getByRole('button', { name: '要求', exact: true }).click()
  await security.page.locator('.toast').filter({ hasText: '已要求' }).waitFor()
  await security.page.context().close()

  const auditor = new Person(await newPage(browser, office.url), '9003')
  await auditor.login(password)
  await auditor.page.waitForURL('**/security')
  await auditor.page.goto('/admin/log')
  await auditor.page.waitForURL('**/security')
  await enrol(auditor.page)
  await auditor.page.goto('/admin/log')
  await auditor.page.getByRole('heading', { name: '操作日志' }).waitFor()
  await auditor.page.getByText('开启二次验证').first().waitFor()
  await auditor.leave()
})
