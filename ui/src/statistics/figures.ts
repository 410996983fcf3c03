import type { KindLine, MonthLine } from './types'

export type Totals = { received: number; issued: number; closed: number; on_time: number; late: number }

export function totals(months: MonthLine[]): Totals {
  const sum = (key: keyof Totals) => months.reduce((n, m) => n + m[key], 0)
  return { received: sum('received'), issued: sum('issued'), closed: sum('closed'), on_time: sum('on_time'), late: sum('late') }
}

// onTimeRate 按期办结率: of what was finished, how much within its limit; nothing finished has no rate.
export function onTimeRate(m: { on_time: number; closed: number }): number | null {
  return m.closed ? Math.round((m.on_time / m.closed) * 1000) / 10 : null
}

export function percent(rate: number | null): string { return rate === null ? '—' : `${rate}%` }

// against compares with the same months of the year before, as the office reports it: 同比增加12件.
export function against(now: number, before: number): string {
  if (now === before) return '与上年同期持平'
  return `比上年同期${now > before ? '多' : '少'} ${Math.abs(now - before)} 件`
}

// passed leaves out the months that have not come yet.
export function passed(months: MonthLine[], year: number, today: string): MonthLine[] {
  return months.filter((m) => `${year}-${String(m.month).padStart(2, '0')}` <= today.slice(0, 7))
}

// sameMonths keeps of last year only the months this year has had.
export function sameMonths(last: MonthLine[], months: MonthLine[]): MonthLine[] {
  const had = new Set(months.map((m) => m.month))
  return last.filter((m) => had.has(m.month))
}

// timeText writes the time from beginning to end, nights included, as it is counted: 2天3小时.
export function timeText(hours: number): string {
  if (!hours) return '—'
  const days = Math.floor(hours / 24)
  const rest = Math.round(hours - days * 24)
  if (rest === 24) return `${days + 1}天`
  return days ? `${days}天${rest ? `${rest}小时` : ''}` : `${Math.max(1, rest)}小时`
}

// monthDays gives the first and last day of a month, for looking it up in a register.
export function monthDays(year: number, month: number): { from: string; to: string } {
  const two = (n: number) => String(n).padStart(2, '0')
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return { from: `${year}-${two(month)}-01`, to: `${year}-${two(month)}-${two(last)}` }
}

// kindTotals is the bottom line of the table by kind, in the order of its columns, the rate last.
export function kindTotals(kinds: KindLine[]): (number | string)[] {
  const sum = (key: 'received' | 'closed' | 'on_time' | 'late' | 'open' | 'overdue') => kinds.reduce((n, k) => n + k[key], 0)
  return [sum('received'), sum('closed'), sum('on_time'), sum('late'), sum('open'), sum('overdue'), percent(onTimeRate({ on_time: sum('on_time'), closed: sum('closed') }))]
}
