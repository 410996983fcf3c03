// 主要页面逐页打开：没有错误，不到外面取东西，手机上不左右滚动，无障碍检查没有问题（深色、放大字号也是）。
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { desk, newPage, openBrowser, phone } from '../lib/browser.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

const pages = {
  3102: ['/', '/tasks/todo', '/tasks/waiting', '/tasks/done', '/start', '/new/incoming', '/new/outgoing', '/registers', '/registers/incoming', '/registers/outgoing', '/search?q=供暖', '/directory', '/notices', '/procedures', '/procedures/incoming', '/statistics', '/password', '/security', '/due', '/bookings', '/bookings?kind=room', '/stock', '/rulebook', '/new/room-booking'],
  3104: ['/archive'],
  9001: ['/admin/people', '/admin/units', '/admin/posts', '/admin/calendar', '/admin/backups', '/admin/definitions', '/admin/definitions/incoming', '/admin/definitions/new', '/rulebook?q=用印', '/admin/clear-sample'],
  9002: ['/admin/divisions', '/admin/duties', '/admin/sign-in'],
  9003: ['/admin/log'],
}

// inspect gathers what is wrong with the page on the screen.
async function inspect(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  const found = wide > 0 ? [`${name} 左右超出 ${wide} 像素`] : []
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  for (const v of violations) {
    // A box of a flow chart is drawn in several lines of text; its name says them as one sentence.
    const nodes = v.nodes.filter((n) => !(v.id === 'label-content-name-mismatch' && n.html.startsWith('<g ')))
    if (nodes.length) found.push(`${name} ${v.id}（${v.help}）：${nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' ｜ ')}`)
  }
  return found
}

async function tour(options) {
  const found = []
  for (const [username, paths] of Object.entries(pages)) {
    const person = await Person.arrive(browser, office, username, options)
    for (const path of paths) {
      await person.page.goto(path)
      await person.page.locator('h1').first().waitFor()
      await person.page.waitForLoadState('load')
      await person.page.waitForTimeout(400) // what comes after the first drawing
      found.push(...await inspect(person.page, path))
    }
    if (username === '3102') {
      await person.page.goto('/tasks/waiting')
      await person.page.locator('a.title').first().click()
      await person.settled()
      await person.page.waitForTimeout(800)
      found.push(...await inspect(person.page, '事项页'))
    }
    found.push(...person.page.faults)
    await person.page.context().close()
  }
  assert.deepEqual(found, [])
}

test('登录页', async () => {
  const page = await newPage(browser, office.url)
  await page.goto('/login')
  await page.getByRole('button', { name: '登录' }).waitFor()
  assert.deepEqual([...await inspect(page, '登录页'), ...page.faults], [])
  await page.context().close()
})

test('桌面', () => tour({ screen: desk })) // OA-32: axe finds nothing, in dark and large type too
test('桌面，深色', () => tour({ screen: desk, dark: true }))
test('手机', () => tour({ screen: phone }))
