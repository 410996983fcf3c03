// 登录、输错密码、锁定、退出；三员各有各的桌子，谁也看不到公文。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newPage, openBrowser } from '../lib/browser.mjs'
import { openOffice, password, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

test('在登录页选一个人，输入密码就到工作台；退出后页面要重新登录', async () => {
  const page = await newPage(browser, office.url)
  await page.goto('/registers')
  await page.getByRole('button', { name: /何映雪/ }).click()
  assert.equal(await page.getByLabel('工号').inputValue(), '3102')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL('**/registers')
  await page.getByRole('heading', { name: '登记簿', level: 1 }).waitFor()
  await page.getByRole('button', { name: '何映雪', exact: true }).click()
  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL('**/login**')
  await page.goto('/')
  await page.waitForURL('**/login**')
  await page.context().close()
})

test('连续输错五次锁定三十分钟，锁定后密码对也进不去，系统管理员可以解锁', async () => {
  const person = new Person(await newPage(browser, office.url), '3206')
  for (let i = 0; i < 5; i++) {
    await person.login('不对的密码')
    assert.match(await person.page.getByRole('alert').textContent(), /不对|锁定/)
  }
  await person.login(password)
  assert.match(await person.page.getByRole('alert').textContent(), /已锁定.*以后再试/)
  assert.match(person.page.url(), /login/)

  const admin = await Person.arrive(browser, office, '9001')
  await admin.page.goto('/admin/people')
  await admin.page.getByRole('row', { name: /柴卫冬/ }).getByRole('button', { name: /解锁/ }).click()
  await admin.page.locator('.toast').first().waitFor()
  await admin.leave()

  await person.login(password)
  await person.page.waitForURL((u) => u.pathname === '/')
  await person.leave()
})

test('三员只看得到自己的页面，看不到公文', async () => {
  const clerk = await Person.arrive(browser, office, '3102')
  await clerk.page.goto('/tasks/waiting')
  const link = clerk.page.locator('a.title').first()
  const address = await link.getAttribute('href')
  await clerk.leave()
  for (const [username, mine, others] of [
    ['9001', ['人员', '科室', '岗位', '工作日历', '备份'], ['领导分工', '操作日志']],
    ['9002', ['领导分工', '岗位职责'], ['人员', '操作日志']],
    ['9003', ['操作日志'], ['人员', '领导分工']],
  ]) {
    const admin = await Person.arrive(browser, office, username)
    const places = admin.page.getByRole('navigation', { name: '各处' })
    for (const name of mine) await places.getByRole('link', { name, exact: true }).waitFor()
    for (const name of [...others, '待办', '全部登记簿']) assert.equal(await places.getByRole('link', { name, exact: true }).count(), 0, `${username} 不该看到“${name}”`)
    await admin.page.goto(address)
    await admin.page.getByText(/不能查看公文|无权查看/).first().waitFor()
    await admin.leave()
  }
})

test('改了密码，旧的就不能用了', async () => {
  const person = await Person.arrive(browser, office, '3208')
  await person.page.goto('/password')
  await person.page.getByLabel('现在的密码').fill(password)
  await person.page.getByLabel('新密码', { exact: true }).fill('Xin-Mima-2027')
  await person.page.getByLabel('再输一遍新密码').fill('Xin-Mima-2027')
  await person.page.getByRole('button', { name: '保存' }).click()
  await person.page.locator('.toast').first().waitFor()
  await person.leave()
  const again = new Person(await newPage(browser, office.url), '3208')
  await again.login(password)
  assert.match(await again.page.getByRole('alert').textContent(), /不对/)
  await again.login('Xin-Mima-2027')
  await again.page.waitForURL((u) => u.pathname === '/')
  await again.leave()
})
