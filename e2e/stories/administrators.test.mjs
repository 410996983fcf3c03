// 管理员的页面: what is filled in is not lost, what cannot be is refused beside its field, and a first password is copied
// where the office's own network has no https.
import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { openBrowser, phone } from '../lib/browser.mjs'
import { fieldOf, fill } from '../lib/form.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

describe('管理员的页面', () => {
  let browser
  let office
  before(async () => { [browser, office] = await together(openBrowser(), openOffice()) })
  after(async () => { await together(browser?.close(), office?.close()) })

  test('科室设在科室下面；还有人的撤不了，填的不会按一下就没有', async () => {
    const admin = await Person.arrive(browser, office, '9001')
    const { page } = admin
    const form = page.locator('dialog[open] form')
    await page.goto('/admin/units')
    await page.getByRole('button', { name: '设立科室' }).click()
    await fieldOf(form, '所属').locator('select').selectOption({ label: '县委办公室' })
    await fill(form, { 名称: '换届工作专班' })
    await page.keyboard.press('Control+Enter')
    await page.locator('.toast').filter({ hasText: '已设立' }).waitFor()

    await page.getByRole('button', { name: '修改秘书科' }).click()
    await fieldOf(form, '在用').getByRole('checkbox').uncheck()
    await page.keyboard.press('Control+Enter')
    const said = fieldOf(form, '在用').locator('.note.red')
    await said.filter({ hasText: /秘书科还有 \d+ 人/ }).waitFor()
    await said.getByRole('button', { name: /依据/ }).waitFor()

    await page.keyboard.press('Escape')
    await page.getByText('填的还没有保存。').waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await fieldOf(form, '在用').getByRole('checkbox').isChecked(), false, '填的还在')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '不保存了' }).click()
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '修改秘书科')
    await admin.leave()
  })

  test('手机上登记名字很长的人，首次密码在没有 https 的内网里也复制得到', async () => {
    const admin = await Person.arrive(browser, office, '9001', { screen: phone })
    const { page } = admin
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await page.goto('/admin/people')
    await page.getByRole('button', { name: '登记人员' }).click()
    const form = page.locator('dialog[open] form')
    await fill(form, { 姓名: '阿布都热合曼·买买提艾力·欧阳其木格', 工号: '88 01', 科室: '　秘书科', 排序: 1 })
    const save = page.getByRole('button', { name: '保存' })
    await save.click()
    await fieldOf(form, '工号').locator('.note.red').filter({ hasText: '空格' }).waitFor()
    await fill(form, { 工号: '8801' })
    await save.click()
    await page.getByRole('button', { name: '复制', exact: true }).click()
    const toast = page.locator('.toast').filter({ hasText: '已复制' })
    await toast.waitFor()
    assert.ok(await toast.evaluate((el) => el.parentElement.matches(':popover-open')), '话说在对话框上面')
    await page.getByRole('button', { name: '已告知本人' }).click()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, '长名字不撑宽页面')
    await admin.leave()
  })
})
