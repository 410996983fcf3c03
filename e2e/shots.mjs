// Pictures of the README: the main pages of the running sample office, taken anew by `make shots`.
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser, newPage, phone } from './lib/browser.mjs'
import { openOffice } from './lib/office.mjs'
import { Person } from './lib/person.mjs'

const folder = fileURLToPath(new URL('../docs/images', import.meta.url))
const screen = { width: 1200, height: 720 }
const office = await openOffice()
const browser = await openBrowser()

async function shot(page, name) {
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {}) // the news channel stays open
  await page.waitForTimeout(900)
  const path = join(folder, `${name}.jpg`)
  await page.screenshot({ path, type: 'jpeg', quality: 70 })
  console.log(name, Math.round((await stat(path)).size / 1024), 'KB')
}

async function as(username, name, path, then, options = { screen }) {
  const person = await Person.arrive(browser, office, username, options)
  await person.page.goto(path)
  await then?.(person.page)
  await shot(person.page, name)
  await person.page.context().close()
}

// one opens the first task whose title says something, from one's own list.
const task = (title, box = 'todo') => async (page) => {
  await page.goto(`/tasks/${box}`)
  await page.locator('a.title').filter({ hasText: title }).first().click()
  await page.locator('.state .now').first().waitFor({ state: 'attached' })
}

await mkdir(folder, { recursive: true })
const page = await newPage(browser, office.url, { screen })
await page.goto('/login')
await page.getByRole('button', { name: /何映雪/ }).waitFor()
await shot(page, 'login')
await as('1007', 'workbench', '/')
await as('3102', 'incoming', '/', task(/清冰雪/, 'waiting'))
await as('3302', 'drafting', '/new/outgoing', async (p) => {
  await p.locator('[data-field="title"] input').fill('关于做好今冬供暖工作的通知')
  await p.locator('[data-field="recipients"] input').fill('各乡镇人民政府，县政府各部门')
  const body = p.locator('[data-field="body"] textarea')
  await body.fill('为保障人民群众安全温暖过冬，现就做好今冬供暖有关工作通知如下。\n一、落实责任\n各乡镇人民政府、县政府各部门要明确专人负责，逐户排查供暖设施。\n二、畅通渠道\n公布值班电话，群众反映的问题当日办理、当日回复。')
  await body.scrollIntoViewIfNeeded()
  await p.waitForTimeout(1500)
})
await as('3102', 'register', '/registers/incoming')
await as('3102', 'search', '/search?q=供暖')
await as('3104', 'archive', '/archive')
await as('1007', 'statistics', '/statistics')
await as('3102', 'procedure', '/procedures/incoming')
await as('9001', 'calendar', '/admin/calendar')
await as('1001', 'phone-tasks', '/', undefined, { screen: phone })
await as('1001', 'phone-matter', '/', async (p) => {
  await p.goto('/tasks/todo')
  await p.locator('a.title').first().click()
  await p.locator('.state .now').first().waitFor({ state: 'attached' })
}, { screen: phone })
await browser.close()
await office.close()
