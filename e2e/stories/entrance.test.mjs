// 统一身份认证登录；看得到自己在哪里登录着，退掉别处的；管理员停用一个人，他立即退出。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newPage, openBrowser } from '../lib/browser.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'
import { openProvider } from '../lib/provider.mjs'

let office, browser, provider
before(async () => {
  provider = await openProvider()
  const settings = (url) => ({
    CHENGQI_PUBLIC_URL: url, CHENGQI_OIDC_NAME: '政务统一认证', CHENGQI_OIDC_ISSUER: provider.url,
    CHENGQI_OIDC_CLIENT: provider.client, CHENGQI_OIDC_SECRET: provider.secret, CHENGQI_OIDC_CLAIM: 'staff',
  });
  [office, browser] = await together(openOffice({ settings }), openBrowser())
})
after(async () => { await browser?.close(); await office?.close(); await provider?.close() })

// vouched goes to the provider as somebody and comes back.
async function vouched(number, to = '/') {
  provider.number = number
  const page = await newPage(browser, office.url, { outside: [provider.url] })
  await page.goto(to)
  await page.getByRole('link', { name: '用政务统一认证登录' }).click()
  await page.getByRole('link', { name: '本人确认登录' }).click()
  await page.waitForURL((u) => u.origin === office.url)
  return page
}

test('由统一身份认证登录，回到原来要看的那一页；没有账号的和管理员进不来', async () => {
  const page = await vouched('3302', '/registers')
  await page.getByRole('heading', { name: '登记簿', level: 1 }).waitFor()
  await page.getByRole('button', { name: '阮清如', exact: true }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/registers')
  assert.deepEqual(page.faults, [])
  await page.context().close()
  for (const [number, why] of [['8888', /没有可用的账号/], ['9001', /管理员用本系统的密码登录/]]) {
    const refused = await vouched(number)
    assert.match(await refused.getByRole('alert').filter({ hasText: /\S/ }).textContent(), why)
    await refused.goto('/')
    await refused.waitForURL('**/login**')
    await refused.context().close()
  }
  const audit = await Person.arrive(browser, office, '9003')
  await audit.page.goto('/admin/log')
  const line = audit.page.getByRole('row', { name: /没有这个工号/ })
  assert.match(await line.first().textContent(), /不明.*8888/)
  await audit.leave()
})

test('在登录安全里看得到别处的登录，退掉它，那边就要重新登录', async () => {
  const left = await Person.arrive(browser, office, '3206')
  const here = await Person.arrive(browser, office, '3206')
  await here.page.goto('/security')
  const places = here.page.getByRole('region', { name: '正在登录的地方' })
  await places.getByText('本机').waitFor()
  await places.getByRole('button', { name: /^退出.*的登录$/ }).click()
  await here.page.locator('.toast').filter({ hasText: '已退出 1 处登录' }).waitFor()
  await places.getByRole('button', { name: /^退出/ }).first().waitFor({ state: 'detached' }) // none is left
  await left.page.goto('/tasks/todo')
  await left.page.waitForURL('**/login**')
  await left.page.context().close()
  await here.leave()
})

test('系统管理员停用一个人的账号，他打开着的页面立即不能用；启用以后再登录', async () => {
  const person = await Person.arrive(browser, office, '3208')
  const admin = await Person.arrive(browser, office, '9001')
  const name = await person.page.getByRole('banner').getByRole('button').last().textContent()
  await admin.page.goto('/admin/people')
  const row = admin.page.getByRole('row', { name: name.trim() })
  await row.getByRole('button', { name: /停用/ }).click()
  await admin.page.getByRole('button', { name: '停用', exact: true }).last().click()
  await admin.page.locator('.toast').filter({ hasText: '已停用' }).waitFor()
  await person.page.goto('/tasks/todo')
  await person.page.waitForURL('**/login**')
  await row.getByRole('button', { name: /启用/ }).click()
  await admin.page.locator('.toast').filter({ hasText: '启用' }).waitFor()
  await admin.leave()
  await person.page.context().close()
  await (await Person.arrive(browser, office, '3208')).leave()
})
