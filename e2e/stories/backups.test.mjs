// 备份：系统管理员现在备份一份，看得到进度和试恢复的结果；设置写错说得出，写对存得住；别人进不来；留痕在日志里。
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { openOffice, out, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser, folder
before(async () => { [office, browser, folder] = await together(openOffice(), openBrowser(), mkdtemp(join(tmpdir(), 'chengqi-backup-'))) })
after(async () => { await browser?.close(); await office?.close(); await rm(folder, { recursive: true, force: true }) })

const good = (page) => page.locator('section.sheet', { has: page.getByRole('heading', { name: '最近一份可用的备份' }) })

test('现在备份：看得到进度，做完当场试恢复，再备一份就是增量', async () => {
  const admin = await Person.arrive(browser, office, '9001')
  const { page } = admin
  await page.getByRole('navigation', { name: '各处' }).getByRole('link', { name: '备份', exact: true }).click()
  await page.getByRole('heading', { name: '备份', level: 1 }).waitFor()
  await good(page).getByText('还没有。').waitFor()

  const setting = page.locator('form.sheet')
  await setting.getByLabel('文件夹').fill('backup')
  await setting.getByLabel('保留份数').fill('1')
  await setting.getByRole('button', { name: '保存设置' }).click()
  const against = await setting.locator('.reasons').textContent()
  assert.match(against, /完整路径/)
  assert.match(against, /保留份数为 3 到 400/)
  await setting.getByLabel('文件夹').fill(folder)
  await setting.getByLabel('保留份数').fill('20')
  await setting.getByLabel('时间').fill('03:15')
  await setting.getByRole('button', { name: '保存设置' }).click()
  await page.locator('.toast', { hasText: '已保存' }).waitFor()

  for (const kind of ['全量', '增量']) {
    await page.getByRole('button', { name: '现在备份' }).click()
    await page.getByRole('progressbar', { name: '备份进度' }).waitFor()
    const button = page.getByRole('button', { name: '现在备份' })
    await page.locator('.toast', { hasText: '已备份，试恢复完好' }).waitFor({ timeout: 120_000 })
    await button.waitFor()
    await good(page).getByText(kind).waitFor()
    await good(page).getByText('完好：打得开').waitFor()
    await page.locator('.toast').first().waitFor({ state: 'detached' })
  }
  assert.equal((await readdir(folder)).filter((f) => f.endsWith('.zip')).length, 2)
  assert.equal(await page.getByRole('row', { name: /试恢复完好/ }).count(), 2)

  await page.reload()
  assert.equal(await setting.getByLabel('时间').inputValue(), '03:15')
  assert.equal(await setting.getByLabel('文件夹').inputValue(), folder)
  await page.screenshot({ path: join(out, 'backups-desk.png'), fullPage: false })
  await admin.leave()

  const small = await Person.arrive(browser, office, '9001', { screen: phone })
  await small.page.goto('/admin/backups')
  await good(small.page).getByText('完好：打得开').waitFor()
  await small.page.screenshot({ path: join(out, 'backups-phone.png'), fullPage: true })
  await small.leave()
})

test('备份记在操作日志里；办业务的人和别的管理员打不开备份页', async () => {
  const audit = await Person.arrive(browser, office, '9003')
  await audit.page.goto('/admin/log')
  await audit.page.getByRole('row', { name: /备份 chengqi-/ }).first().waitFor()
  await audit.page.getByRole('row', { name: /修改备份设置/ }).first().waitFor()
  await audit.page.goto('/admin/backups')
  await audit.page.waitForURL('**/admin/log') // to their own desk
  await audit.leave()
})
