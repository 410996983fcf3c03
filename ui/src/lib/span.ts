import { clockText, today } from './day'

// spanText says which part of a day something takes: 14:00—15:30, 至 9:30, 16:00 起, 全天. Nothing when no hour is known.
const end = (at: string) => clockText(at).replace('00:00', '24:00')
export function spanText(from: string | null, until: string | null, day = today()): string {
  if (!from) return ''
  const begins = today(new Date(from)) === day, ends = !!until && today(new Date(Date.parse(until) - 1)) === day
  if (begins && !until) return clockText(from)
  if (begins && ends) return `${clockText(from)}—${end(until!)}`
  if (begins) return `${clockText(from)} 起`
  return ends ? `至 ${end(until!)}` : '全天'
}
