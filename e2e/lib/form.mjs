// Form 填表: fills fields by the names people read, whatever kind of control stands there.

const exactly = (name) => new RegExp(`^\\s*${name.replace(/[.*+?^${}()|[\]\\（）]/g, '\\$&')}(\\s|\\*|，|依据|$)`)

// fieldOf finds the field of a name within a form.
export function fieldOf(form, name) {
  return form.locator('[data-field]').filter({ has: form.page().locator('.name, label.flag', { hasText: exactly(name) }) }).first()
}

// fill takes { 标题: '……', 送批领导: ['陆怀谦'], 份数: 2, 附件齐全: true }.
export async function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = fieldOf(form, name)
    await field.waitFor()
    await put(field, value)
  }
}

async function put(field, value) {
  // The pickers come when a form first needs one; until then the field holds its name and 依据, which is a button too.
  await field.locator('input, textarea, select, button:not(.basis)').first().waitFor({ state: 'attached' })
  if (await field.locator('input[type="file"]').count()) return field.locator('input[type="file"]').setInputFiles(value)
  if (Array.isArray(value) && typeof value[0] === 'object') return rows(field, value)
  if (await field.locator('.el-select').count()) return pick(field, [value].flat())
  if (await field.locator('.el-date-editor').count()) return date(field, value)
  if (await field.getByRole('radio').count()) return field.getByRole('radio', { name: value, exact: true }).check()
  if (await field.getByRole('checkbox').count()) return check(field, value)
  if (await field.locator('select').count()) return field.locator('select').selectOption({ label: value })
  return field.locator('textarea, input').first().fill(String(value))
}

async function check(field, value) {
  if (typeof value === 'boolean') return field.getByRole('checkbox').first().setChecked(value)
  for (const one of value) await field.getByRole('checkbox', { name: one, exact: true }).check()
}

async function pick(field, names) {
  await field.locator('.el-select__wrapper').click()
  for (const name of names) {
    await field.getByRole('combobox').fill(name)
    await field.locator('.el-select-dropdown__item:visible').filter({ hasText: name }).first().click()
  }
  await shut(field)
}

// shut leaves a picker that takes several, as a user of the keyboard does; where its list stays open over the next field
// (on a phone), Escape clears what was typed to find a name and then shuts the list.
async function shut(field) {
  await field.page().keyboard.press('Tab')
  const list = field.page().locator('.el-select-dropdown__item:visible')
  for (let tries = 0; tries < 6; tries++) {
    await field.page().waitForTimeout(400)
    if (!(await list.count())) return
    await field.getByRole('combobox').press('Escape')
  }
}

async function date(field, text) {
  const box = field.locator('input').first()
  await box.fill(text)
  await box.press('Enter')
  await box.press('Tab')
}

const cellOf = (line, name) => line.locator('td').filter({ has: line.page().locator('label.head', { hasText: exactly(name) }) })

// rows fills a table line by line: lines that stand there already are written over, more are added.
async function rows(field, lines) {
  const table = field.locator('.lines > table > tbody > tr') // not those of a calendar within
  for (const [i, line] of lines.entries()) {
    if (await table.count() <= i) await field.getByRole('button', { name: '加一行' }).click()
    for (const [name, value] of Object.entries(line)) await put(cellOf(table.nth(i), name), value)
  }
}
