import { officeNow } from './session'

// Days and times as the office writes them. All in Beijing time, whatever the machine is set to.
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})
const weekday = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', weekday: 'long' })

type Parts = { year: number; month: number; day: number; clock: string }

function read(at: string | Date): Parts {
  const d = typeof at === 'string' ? new Date(at.length === 10 ? `${at}T00:00:00+08:00` : at) : at
  const p = Object.fromEntries(parts.formatToParts(d).map((x) => [x.type, x.value]))
  return { year: +p.year, month: +p.month, day: +p.day, clock: `${p.hour}:${p.minute}` }
}

function dayNumber(at: string | Date): number {
  const p = read(at)
  return Date.UTC(p.year, p.month - 1, p.day) / 86_400_000
}

// dayText: 11月18日, with the year only when it is another one.
export function dayText(at: string | Date | null | undefined, now: Date = officeNow()): string {
  if (!at) return ''
  const p = read(at)
  const short = `${p.month}月${p.day}日`
  return p.year === read(now).year ? short : `${p.year}年${short}`
}

// lastDay: an end is a day, or the midnight after it.
export function lastDay(until: string): string {
  return dayText(until.length === 10 ? until : new Date(Date.parse(until) - 1))
}

export function fullDay(at: string | Date): string {
  const p = read(at)
  return `${p.year}年${p.month}月${p.day}日`
}

export function weekdayText(at: string | Date): string { return weekday.format(typeof at === 'string' ? new Date(at) : at) }
export function clockText(at: string | Date): string { return read(at).clock }

// momentText: 今天 09:05, 昨天 16:20, 11月12日 10:00.
export function momentText(at: string | Date | null | undefined, now: Date = officeNow()): string {
  if (!at) return ''
  const apart = dayNumber(now) - dayNumber(at)
  if (apart === 0) return `今天 ${clockText(at)}`
  if (apart === 1) return `昨天 ${clockText(at)}`
  return `${dayText(at, now)} ${clockText(at)}`
}

// dueText says the limit as one would across the desk: 今天 17:30 前, 明天, 11月20日. A limit at the end of
// the day needs no clock.
export function dueText(at: string | null | undefined, now: Date = officeNow()): string {
  if (!at) return '不限时'
  const apart = dayNumber(at) - dayNumber(now)
  const clock = at.length > 10 ? clockText(at) : ''
  const late = clock && clock < '17:00' && clock !== '00:00' ? ` ${clock}` : ''
  if (apart === 0) return `今天${late}`
  if (apart === 1) return `明天${late}`
  if (apart === -1) return `昨天${late}`
  return dayText(at, now) + late
}

// today is the office's day as the server writes it: 2026-11-18.
export function today(now: Date = officeNow()): string {
  const p = read(now)
  return `${p.year}-${String(p.month).padStart(2, '0')}-${String(p.day).padStart(2, '0')}`
}

export function yearOf(now: Date = officeNow()): number { return read(now).year }
