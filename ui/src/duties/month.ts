// Duties that come round 周期职责, a month of them as the office would pin on the wall.
export type Due = { name: string; clause: string; task: string; holder: string; day: string; matter_id: string; state: string }
export type Month = { year: number; month: number; items: Due[] }

export function byDay(items: Due[]): { day: string; items: Due[] }[] {
  const days = new Map<string, Due[]>()
  for (const d of items) days.set(d.day, [...(days.get(d.day) ?? []), d])
  return [...days].sort(([a], [b]) => a.localeCompare(b)).map(([day, list]) => ({ day, items: list }))
}

// stateOf says how far a duty is. What is past without a task was before the office began to keep them here.
export function stateOf(d: Due, today: string): { text: string; late: boolean } {
  if (!d.matter_id) return { text: d.day < today ? '未立事项' : '未到', late: false }
  const done = ['已办结', '已作废'].includes(d.state)
  return { text: d.state, late: !done && d.day < today }
}

// turned is the month so many months away.
export function turned(year: number, month: number, by: number): { year: number; month: number } {
  const n = year * 12 + (month - 1) + by
  return { year: Math.floor(n / 12), month: (n % 12) + 1 }
}
