import type { Field, Values } from '@/lib/types'

// Pasted text is taken apart into title, number, day and issuing office, so that nobody types them again.
export type Parts = { title?: string; number?: string; day?: string; sender?: string }

const number = /([\u4e00-\u9fa5]{1,12}(?:发|办|函|字|电|纪|令|通)?)\s*[〔[［【(（]\s*(\d{4})\s*[〕\]］】)）]\s*第?\s*(\d{1,5})\s*号/
const day = /(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?/
const kinds = '决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|规定|要点|总结'
const title = new RegExp(`^.{2,80}(?:关于|印发|转发|批转).{2,120}?(?:${kinds})(?:（[^）]{1,8}）)?$`)

const pad = (n: string) => n.padStart(2, '0')
const tidy = (s: string) => s.replace(/^[\s\u3000《]+|[\s\u3000》]+$/g, '')

function titleIn(lines: string[]): string | undefined {
  for (let i = 0; i < lines.length; i++) {
    // A title on paper is broken into up to three lines.
    for (const n of [1, 2, 3]) {
      const joined = lines.slice(i, i + n).map(tidy).join('')
      if (joined.length <= 140 && title.test(joined)) return joined
    }
  }
  return undefined
}

export function recognise(text: string): Parts {
  const found: Parts = {}
  const no = text.match(number)
  if (no) found.number = `${no[1]}〔${no[2]}〕${Number(no[3])}号`
  const rest = no ? text.replace(no[0], '\n').replace(/[（(]\s*[）)]/g, '\n') : text
  const date = rest.match(day)
  if (date && +date[2]! <= 12 && +date[3]! <= 31) found.day = `${date[1]}-${pad(date[2]!)}-${pad(date[3]!)}`
  const lines = (date ? rest.replace(date[0], '\n') : rest).split(/[\n\t，,；;。]/).map(tidy).filter(Boolean)
  found.title = titleIn(lines)
  const sender = found.title?.match(/^(.{2,40}?)(?:关于|印发|转发|批转)/)?.[1]
  if (sender) found.sender = sender
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v)) as Parts
}

const names: Record<keyof Parts, { keys: string[]; name: RegExp; types: string[] }> = {
  title: { keys: ['title'], name: /标题|题名/, types: ['text', 'longtext'] },
  number: { keys: ['sender_number', 'doc_number', 'number'], name: /文号|来文字号/, types: ['text'] },
  day: { keys: ['doc_date', 'date'], name: /^(来文|成文)?日期$/, types: ['date'] },
  sender: { keys: ['sender', 'from'], name: /来文单位|来文机关|发文机关/, types: ['text'] },
}

// fieldFor finds where a part belongs in this form, by the key and else by the name on the form.
export function fieldFor(part: keyof Parts, fields: Field[]): Field | undefined {
  const { keys, name, types } = names[part]
  const fit = fields.filter((f) => types.includes(f.type))
  return fit.find((f) => keys.includes(f.key)) ?? fit.find((f) => name.test(f.name))
}

// pasteHint says what can be pasted in one go, in the form's own words: where a document with its number is entered. A
// number that only some matters have (上级转办文号) is none to begin with.
export function pasteHint(fields: Field[]): string {
  const [title, number, day] = (['title', 'number', 'day'] as const).map((part) => fieldFor(part, fields))
  if (!title || !number || !/^(来文|发文)?(文号|字号)$/.test(number.name)) return ''
  const names = [title, number, ...(day ? [day] : [])].map((f) => f.name)
  return `可把${fieldFor('sender', fields) ? '来文的' : ''}${names.join('、')}一起粘贴到任何一栏，会各归其位。`
}

// fill puts the parts into the fields that are still empty (or hold just what was pasted), and says which.
export function fill(values: Values, fields: Field[], parts: Parts, pasted = ''): { values: Values; filled: string[] } {
  const next = { ...values }
  const filled: string[] = []
  for (const part of Object.keys(parts) as (keyof Parts)[]) {
    const f = fieldFor(part, fields)
    const now = f && next[f.key]
    if (!f || (now && now !== pasted)) continue
    next[f.key] = parts[part]
    filled.push(f.name)
  }
  return { values: next, filled }
}
