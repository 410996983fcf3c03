// 待阅几件一次标为已阅，各记各的；待办、已办导出 Excel。
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, phone } from '../lib/browser.mjs'
import { openOffice, together } from '../lib/office.mjs'
import { Person } from '../lib/person.mjs'

let office, browser, clerk
before(async () => {
  [office, browser] = await together(openOffice(), openBrowser())
  clerk = await Person.arrive(browser, office, '3102')
})
after(async () => { await browser?.close(); await office?.close() })

// ask speaks with the server as the page does.
async function ask(who, path, body) {
  const said = await who.page.evaluate(async ([path, body]) => {
    const res = await fetch(`/api/v1${path}`, body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {})
    return { ok: res.ok, text: await res.text() }
  }, [path, body])
  assert.ok(said.ok, said.text)
  return JSON.parse(said.text)
}
const act = async (who, id, action, fields = {}) => ask(who, `/matters/${id}/actions/${action}`, { fields, version: (await ask(who, `/matters/${id}`)).version })

// sent registers a document and sends it to 阮清如 for reading.
async function sent(title) {
  const reader = (await ask(clerk, '/directory')).people.find((p) => p.name === '阮清如').id
  const { id } = await ask(clerk, '/matters', { kind: 'incoming', fields: { sender: '安澜市水利局' } })
  await act(clerk, id, 'sign', { copies_ok: true, routing_ok: true, seal_ok: true })
  await act(clerk, id, 'register', { title, doc_date: '2026-11-16', copies: 2, pages: 6, attachment_number: '无' })
  await act(clerk, id, 'add-reader', { add_readers: [reader] })
  return id
}

test('待阅几件一次标为已阅，办不成的写明是哪一件、为什么', async () => {
  const titles = ['关于冬季供暖的通知', '关于校园安全的通知', '关于河道清淤的通知']
  const [heating, campus] = [await sent(titles[0]), await sent(titles[1]), await sent(titles[2])]
  const reader = await Person.arrive(browser, office, '3302')
  const { page } = reader
  await page.route('**/api/v1/events*', (r) => r.abort()) // what is done elsewhere is not seen at once
  await page.goto('/tasks/reading')
  const mark = page.getByRole('button', { name: '标为已阅' })
  await mark.waitFor()
  assert.ok(await mark.isDisabled(), '没有选就不能标')
  const first = page.getByLabel(`选 ${titles[0]}`)
  await first.focus()
  await page.keyboard.press('Space')
  await page.getByText('已选 1 件').waitFor()
  assert.match(page.url(), /\/tasks\/reading$/, '选一件不打开它')
  await page.getByLabel('全选本页').check()
  await page.getByText('已选 3 件').waitFor()

  const elsewhere = await Person.arrive(browser, office, '3302')
  await act(elsewhere, campus, 'read')
  await mark.focus()
  await page.keyboard.press('Enter')
  await page.getByText('已标为已阅 2 件。').waitFor()
  const left = page.locator('.outcome li')
  assert.equal(await left.count(), 1)
  assert.match(await left.textContent(), /关于校园安全的通知.*已经不在待阅里/)
  await page.getByText('没有待阅的文件。').waitFor()

  const { course, readers } = await ask(clerk, `/matters/${heating}`)
  assert.deepEqual(course.filter((c) => c.action === 'read').map((c) => [c.actor.name, c.action_name]), [['阮清如', '已阅']])
  assert.ok(readers.every((r) => r.read_at), '传阅情况里应是已阅')
  await elsewhere.leave()
  await page.context().close() // its news were cut off on purpose
})

test('手机上一样能选、能标', async () => {
  await sent('关于第四季度统计的通知')
  await sent('关于节前检查的通知')
  const reader = await Person.arrive(browser, office, '3302', { screen: phone })
  const { page } = reader
  await page.goto('/tasks/reading')
  await page.getByLabel('选 关于节前检查的通知').check()
  const box = await page.locator('tr', { hasText: '关于节前检查的通知' }).locator('.pick label').boundingBox()
  assert.ok(box.width >= 40 && box.height >= 44, `选的地方太小：${box.width}×${box.height}`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `手机上不该左右滚动，多出 ${wide} 像素`)
  await page.getByRole('button', { name: '标为已阅' }).click()
  await page.getByText('已标为已阅 1 件。').waitFor()
  await page.getByText('共 1 件').waitFor()
  await page.getByRole('link', { name: '关于第四季度统计的通知' }).waitFor()
  await reader.leave()
})

test('待办、已办按页面上的条件导出 Excel', async () => {
  const { page } = clerk
  for (const [box, name] of [['todo', '待办清单'], ['done', '已办清单']]) {
    await page.goto(`/tasks/${box}?q=通知`)
    const asked = page.waitForRequest((r) => r.url().includes('/tasks/list.xlsx'))
    const kept = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 Excel' }).click()
    assert.match(decodeURIComponent((await asked).url()), new RegExp(`box=${box}&q=通知`))
    assert.equal((await kept).suggestedFilename(), `${name}.xlsx`)
  }
  await clerk.leave()
})
