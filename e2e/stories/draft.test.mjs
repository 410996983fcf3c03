// 在 Word 里写好的文稿，导入后各归其栏；已经写过的，问过才换。
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBrowser } from '../lib/browser.mjs'
import { openOffice, program, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser, folder
before(async () => {
  [office, browser, folder] = await together(openOffice(), openBrowser(), mkdtemp(join(tmpdir(), 'draft-')))
})
after(async () => { await browser?.close(); await office?.close(); await rm(folder, { recursive: true, force: true }) })

const text = `版式：公文
发文机关：临溪县人民政府
标题：临溪县人民政府关于做好防汛工作的通知
主送：各乡镇人民政府，县政府各部门

现将防汛工作有关事项通知如下。
一、落实责任
各乡镇人民政府要明确专人，实行24小时值班。

附件：值班安排表
署名：临溪县人民政府
日期：2026年11月20日
附注：联系人：项临渊，联系电话：0000-6220103
抄送：县委办公室
`

// word writes the draft as a Word file with the office's own command.
async function word() {
  const [from, to] = [join(folder, '通知.txt'), join(folder, '通知.docx')]
  await writeFile(from, text)
  const done = spawnSync(program, ['gongwen', 'render', from, '-o', to], { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
  return to
}

test('从 Word 导入的文稿各归其栏，写过的问过才换，成稿可存为 OFD 和 Word', async () => {
  const file = await word()
  const drafter = await Person.arrive(browser, office, '3302')
  const { page } = drafter
  await page.goto('/new/outgoing')
  const form = page.locator('.desk form')
  const field = (key) => form.locator(`[data-field="${key}"]`).locator('input, textarea').first()
  await field('title').fill('关于防汛的通知')
  await page.getByLabel('选取 Word 文稿').setInputFiles(file)

  const ask = page.getByRole('dialog', { name: '这些栏目已经写过' })
  await ask.waitFor()
  await ask.getByRole('button', { name: '只填空着的' }).click()
  assert.equal(await field('recipients').inputValue(), '各乡镇人民政府，县政府各部门')
  assert.equal(await field('attachment_names').inputValue(), '值班安排表')
  assert.match(await field('body').inputValue(), /^现将防汛工作有关事项通知如下。\n一、落实责任\n各乡镇/)
  assert.equal(await field('title').inputValue(), '关于防汛的通知', '写过的标题没有问过不能换')

  await page.getByLabel('选取 Word 文稿').setInputFiles(file)
  await ask.getByRole('checkbox', { name: /标题/ }).check()
  await ask.getByRole('button', { name: '导入并替换 1 栏' }).click()
  assert.equal(await field('title').inputValue(), '临溪县人民政府关于做好防汛工作的通知')

  await page.getByRole('button', { name: '先存着' }).click()
  await page.waitForURL(/\/matters\/\d+$/)
  for (const [link, ext] of [['存 OFD', 'ofd'], ['存 Word', 'docx']]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()])
    assert.match(download.suggestedFilename(), new RegExp(`防汛.*\\.${ext}$`))
    assert.equal((await readFile(await download.path())).subarray(0, 2).toString(), 'PK')
  }
  await drafter.leave()
})
