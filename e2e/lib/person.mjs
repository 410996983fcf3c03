// Person 人: someone of the sample office at their own screen. Methods say what people do, and wait until it is done.
import assert from 'node:assert/strict'
import { newPage } from './browser.mjs'
import { fill } from './form.mjs'
import { password } from './office.mjs'

export class Person {
  constructor(page, username) {
    this.page = page
    this.username = username
  }

  // arrive opens a screen and logs in.
  static async arrive(browser, office, username, options) {
    const person = new Person(await newPage(browser, office.url, options), username)
    await person.login(password)
    await person.page.getByRole('heading', { level: 1 }).first().waitFor()
    return person
  }

  async login(secret) {
    const { page } = this
    await page.goto('/login')
    await page.getByLabel('工号').fill(this.username)
    await page.getByLabel('密码').fill(secret)
    await page.getByRole('button', { name: '登录' }).click()
    const refused = page.locator('form [role="alert"]').filter({ hasText: /\S/ }).waitFor()
    await Promise.race([page.waitForURL((u) => u.pathname !== '/login'), refused]).catch(() => {})
  }

  // begin starts a matter of a kind and presses the first action.
  async begin(kind, action, values) {
    const { page } = this
    await page.goto(`/new/${kind}`)
    await fill(page.locator('form'), values)
    await page.locator('form').getByRole('button', { name: action, exact: true }).click()
    await page.waitForURL(/\/matters\/\d+/)
    await this.done(action) // it is kept first, and sent then
    return page.url().match(/\/matters\/(\d+)/)[1]
  }

  // take opens a matter from one's own list: it must be owed there.
  async take(title, box = 'todo') {
    const { page } = this
    await page.goto(`/tasks/${box}`)
    await page.getByRole('link', { name: title }).first().click()
    await page.waitForURL(/\/matters\/\d+$/)
    await this.settled()
  }

  async look(id) {
    await this.page.goto(`/matters/${id}`)
    await this.settled()
  }

  // settled waits until the page of the matter, or the desk of its next action, stands.
  async settled() {
    await this.page.locator('.state .now').first().waitFor({ state: 'attached' })
  }

  // act presses an action, fills in what it asks for and sends it.
  async act(action, values = {}, opinion) {
    const form = await this.open(action)
    await fill(form, values)
    if (opinion) await form.locator('#opinion').fill(opinion)
    await form.locator('button[type="submit"]').click()
    await this.done(action)
  }

  // open presses an action and answers with its form. A desk that was opened already needs no pressing.
  async open(action) {
    const { page } = this
    const desk = page.locator('.page', { has: page.getByRole('heading', { level: 1, name: action, exact: true }) }).locator('.desk form')
    const button = page.getByRole('region', { name: '可以办的' }).getByRole('button', { name: action, exact: true })
    await desk.or(button).first().waitFor()
    if (await desk.count() === 0) await button.click()
    const form = page.locator('form.form, .desk form').first()
    await form.waitFor()
    return form
  }

  // press is for actions that ask for nothing.
  async press(action) {
    await this.page.getByRole('region', { name: '可以办的' }).getByRole('button', { name: action, exact: true }).click()
    await this.done(action)
  }

  // done waits until the office says that the action is done; what it says against it fails the story.
  async done(action) {
    const said = this.page.locator('.toast').filter({ hasText: `已${action}` }).first()
    const against = this.page.locator('.reasons, .trouble').first()
    await said.or(against).first().waitFor()
    assert.ok(!(await against.isVisible()), `“${action}”没有办成：${await against.textContent({ timeout: 500 }).catch(() => '')}`)
    await said.evaluate((el) => el.remove()) // the same words may be said again soon
    await this.settled()
  }

  // refused tries an action and answers with what the office says against it.
  async refused(action, values = {}, opinion) {
    const form = await this.open(action)
    await fill(form, values)
    if (opinion) await form.locator('#opinion').fill(opinion)
    await form.locator('button[type="submit"]').click()
    const reasons = form.locator('.reasons')
    await reasons.waitFor()
    return (await reasons.textContent()).trim()
  }

  // stands waits until the matter on the screen stands at a step, or in a state.
  async stands(at) {
    const now = this.page.locator('.state .now strong').first()
    await expectText(now, at)
  }

  async leave() {
    assert.deepEqual(this.page.faults, [], '页面上不该有错误')
    await this.page.context().close()
  }
}

async function expectText(locator, text) {
  let seen = ''
  for (let i = 0; i < 100; i++) {
    seen = (await locator.textContent().catch(() => ''))?.trim() ?? ''
    if (seen === text) return
    await new Promise((r) => setTimeout(r, 100))
  }
  assert.equal(seen, text)
}
