import type { DocumentMonth, FigureLine, Figures, What } from './types'

export const whats: { value: What; label: string }[] = [
  { value: 'received', label: '受理' }, { value: 'closed', label: '办结' }, { value: 'on_time', label: '按期办结' },
  { value: 'late', label: '超期办结' }, { value: 'open', label: '在办' }, { value: 'overdue', label: '逾期在办' },
]
export const whatName = (what: string) => whats.find((w) => w.value === what)?.label ?? ''

// onTimeRate 按期办结率: of what was finished, how much within its limit; nothing finished has no rate.
export function onTimeRate(m: { on_time: number; closed: number }): number | null {
  return m.closed ? Math.round((m.on_time / m.closed) * 1000) / 10 : null
}

export function percent(rate: number | null): string { return rate === null ? '—' : `${rate}%` }

// sum adds lines up, for the bottom line of a table and for the months that have passed.
export function sum(lines: readonly Figures[]): Figures {
  const of = (key: 'received' | 'closed' | 'on_time' | 'late' | 'open' | 'overdue') => lines.reduce((n, l) => n + l[key], 0)
  const closed = of('closed')
  const hours = lines.reduce((n, l) => n + l.average_hours * l.closed, 0)
  const all = { received: of('received'), closed, on_time: of('on_time'), late: of('late'), open: of('open'), overdue: of('overdue') }
  return { ...all, rate: onTimeRate(all), average_hours: closed ? hours / closed : 0 }
}

export function documents(months: readonly DocumentMonth[]): { received: number; issued: number } {
  return { received: months.reduce((n, m) => n + m.received, 0), issued: months.reduce((n, m) => n + m.issued, 0) }
}

// against compares with the same months of the year before, as the office reports it: 同比增加12件.
export function against(now: number, before: number): string {
  if (now === before) return '与上年同期持平'
  return `比上年同期${now > before ? '多' : '少'} ${Math.abs(now - before)} 件`
}

// passed is how many months of a year have begun.
export function passed(year: number, today: string): number {
  const [y, m] = today.split('-').map(Number) as [number, number]
  return year < y ? 12 : year > y ? 0 : m
}

// timeText writes the time from beginning to end, nights included, as it is counted: 2天3小时.
export function timeText(hours: number): string {
  if (!hours) return '—'
  const days = Math.floor(hours / 24)
  const rest = Math.round(hours - days * 24)
  if (rest === 24) return `${days + 1}天`
  return days ? `${days}天${rest ? `${rest}小时` : ''}` : `${Math.max(1, rest)}小时`
}

export const any = (l: FigureLine) => l.received + l.closed + l.open > 0
