import type { Day } from './types'

// adjusted 调休: the day differs from Monday to Friday.
export const adjusted = (d: Day) => d.work !== [1, 2, 3, 4, 5].includes(new Date(`${d.day}T00:00:00Z`).getUTCDay())

export type Month = { month: number; weeks: (Day | null)[][]; workdays: number }

// months lays a year's days out as twelve wall calendars, weeks beginning on Monday.
export function months(days: Day[]): Month[] {
  return Array.from({ length: 12 }, (_, i) => i + 1).map((month) => {
    const own = days.filter((d) => Number(d.day.slice(5, 7)) === month)
    const first = own[0] ? (new Date(`${own[0].day}T00:00:00Z`).getUTCDay() + 6) % 7 : 0
    const cells: (Day | null)[] = [...Array<null>(first).fill(null), ...own]
    while (cells.length % 7) cells.push(null)
    const weeks = Array.from({ length: cells.length / 7 }, (_, w) => cells.slice(w * 7, w * 7 + 7))
    return { month, weeks, workdays: own.filter((d) => d.work).length }
  })
}

// holidaysOf lists what a year gives, one line a holiday: 春节 2月15日至23日放假，2月14日、28日上班.
export function holidaysOf(days: Day[]): { name: string; off: string; work: string }[] {
  const byName = new Map<string, { off: string[]; work: string[] }>()
  for (const d of days) {
    if (!d.name) continue
    const h = byName.get(d.name) ?? { off: [], work: [] }
    ;(d.work ? h.work : h.off).push(d.day)
    byName.set(d.name, h)
  }
  return [...byName].map(([name, h]) => ({ name, off: spans(h.off), work: spans(h.work) }))
}

// spans writes days as the notices do: 10月1日至7日、2月28日.
export function spans(days: string[]): string {
  const runs: [string, string][] = []
  for (const day of [...days].sort()) {
    const run = runs.at(-1)
    if (run && Date.parse(day) - Date.parse(run[1]) === 86_400_000) run[1] = day
    else runs.push([day, day])
  }
  const text = (d: string) => `${Number(d.slice(5, 7))}月${Number(d.slice(8))}日`
  return runs.map(([a, b]) => {
    if (a === b) return text(a)
    return `${text(a)}至${a.slice(0, 7) === b.slice(0, 7) ? `${Number(b.slice(8))}日` : text(b)}`
  }).join('、')
}
