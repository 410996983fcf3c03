// 表格：每行必填的栏目有星号；被退时缺的那一格标红，光标就在那里，手机上也一样。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { fill } from '../lib/form.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser
before(async () => { [office, browser] = await together(openOffice(), openBrowser()) })
after(async () => { await browser?.close(); await office?.close() })

for (const [where, screen] of [['电脑', undefined], ['手机', phone]]) {
  test(`${where}上填表格，缺的一格指得出来`, async () => {
    const { page } = await Person.arrive(browser, office, '2302', { screen })
    await page.goto('/new/decision-data')
    const form = page.locator('form')
    await fill(form, {
      数据集: '十月主要经济指标', 所属时间: '2026年10月', 来源: '县统计局月报',
      数据: [{ 指标: '工业增加值', 单位: '亿元' }, { 指标: '财政收入' }],
    })
    const starred = await form.locator('[data-field="figures"] tbody tr').first().locator('label.head', { has: page.locator('.red') }).allTextContents()
    assert.deepEqual(starred.map((s) => s.split('*')[0]), ['指标', '单位'])
    await form.getByRole('button', { name: '送核实', exact: true }).click()
    const note = page.locator('[data-field="figures"] .note.red')
    await note.waitFor()
    assert.equal((await note.textContent()).trim(), '每个数据要写明指标和单位（第 2 行缺单位）')
    const wrong = page.locator('[data-field="figures"] td.wrong')
    assert.equal(await wrong.count(), 1)
    assert.ok(await wrong.locator('input').evaluate((el) => el === document.activeElement), '光标不在缺的那一格')
    await wrong.locator('input').fill('亿元')
    assert.equal(await wrong.count(), 0)
    await page.locator('form').getByRole('button', { name: '送核实', exact: true }).click()
    await page.waitForURL(/\/matters\/\d+$/)
    assert.deepEqual(page.faults, [])
  })
}
