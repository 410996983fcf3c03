import { officeNow } from './session'
import { clockText, today } from './day'

// What one types for a day or a moment, read as a colleague would read it: 11.16, 1116, 2026-11-16, 11月16日 9点半, 今天
// 15:00. Without a year it is this year's. Nothing is guessed: what is no day is not read.
export type TypedDay = { day: string; clock?: string }

const words: Record<string, number> = { 前天: -2, 昨天: -1, 昨日: -1, 今天: 0, 今日: 0, 明天: 1, 明日: 1, 后天: 2 }
const full = /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/
const solid = /^(\d{4})(\d{2})(\d{2})(?!\d)/
const short = /^(\d{1,2})[-/.月](\d{1,2})[日号]?(?![:\d])/
const four = /^(\d{2})(\d{2})(?!\d)/
const alone = /^(\d{1,2})[日号]/
const clock = /^(上午|中午|下午|晚上)?(?:(\d{1,2})[:时点](\d{1,2}|半)?分?(?::\d{2})?|(\d{2})(\d{2}))$/

const two = (n: number) => String(n).padStart(2, '0')

function dayOf(year: number, month: number, day: number): string | undefined {
  const d = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && d.getUTCMonth() === month - 1 && d.getUTCDate() === day ? `${year}-${two(month)}-${two(day)}` : undefined
}

function clockOf(text: string): string | undefined {
  const m = clock.exec(text)
  if (!m) return undefined
  let hour = Number(m[2] ?? m[4])
  const minute = m[3] === '半' ? 30 : Number(m[3] ?? m[5] ?? 0)
  if ((m[1] === '下午' || m[1] === '晚上') && hour < 12) hour += 12
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : undefined
}

// startOf reads the day at the beginning, and how much of the text says it.
function startOf(text: string, now: string): { day?: string; length: number } {
  const [year, month] = now.split('-').map(Number) as [number, number, number]
  for (const [word, by] of Object.entries(words)) {
    if (text.startsWith(word)) return { day: new Date(Date.parse(now) + by * 86_400_000).toISOString().slice(0, 10), length: word.length }
  }
  const m = full.exec(text) ?? solid.exec(text)
  if (m) return { day: dayOf(m[1]!.length === 2 ? 2000 + +m[1]! : +m[1]!, +m[2]!, +m[3]!), length: m[0].length }
  const s = short.exec(text) ?? four.exec(text)
  if (s) return { day: dayOf(year, +s[1]!, +s[2]!), length: s[0].length }
  const a = alone.exec(text)
  return a ? { day: dayOf(year, month, +a[1]!), length: a[0].length } : { length: 0 }
}

export function readTyped(said: string, now: Date = officeNow()): TypedDay | undefined {
  const text = said.normalize('NFKC').replace(/[,，]/g, ' ').replace(/。/g, '.').trim()
  const solidText = text.replace(/\s*([-/.年月日号:时点])/g, '$1').replace(/([-/.年月:时点])\s*/g, '$1')
  const only = clockOf(solidText.replace(/\s+/g, ''))
  if (only && /[:时点]/.test(solidText) && !/[年月日号]/.test(solidText)) return { day: today(now), clock: only }
  const { day, length } = startOf(solidText, today(now))
  if (!day) return undefined
  const rest = solidText.slice(length).replace(/^[T\s]+/, '').replace(/\s+/g, '')
  if (!rest) return { day }
  const at = clockOf(rest)
  return at ? { day, clock: at } : undefined
}

// writeTyped says it as the field shows it; a moment typed without its clock keeps the clock that stood there.
export function writeTyped(t: TypedDay, moment: boolean, was?: string | null): string {
  const [y, m, d] = t.day.split('-').map(Number)
  const day = `${y}年${m}月${d}日`
  return moment ? `${day} ${t.clock ?? (was ? clockText(was) : '08:30')}` : day
}
