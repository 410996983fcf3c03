import { describe, expect, it } from 'vitest'
import { adjusted, holidaysOf, months, spans } from './months'
import type { Day } from './types'

function year(y: number, holidays: Record<string, [name: string, work: boolean]> = {}): Day[] {
  const days: Day[] = []
  for (let d = new Date(Date.UTC(y, 0, 1)); d.getUTCFullYear() === y; d = new Date(+d + 86_400_000)) {
    const day = d.toISOString().slice(0, 10)
    const said = holidays[day.slice(5)]
    const weekday = d.getUTCDay() > 0 && d.getUTCDay() < 6
    days.push({ day, work: said ? said[1] : weekday, name: said?.[0] ?? '', provisional: false })
  }
  return days
}

describe('年历', () => {
  it('2026年11月1日是星期日，排在第一周末', () => {
    const november = months(year(2026))[10]!
    expect(november.weeks[0]!.map((d) => d?.day.slice(8) ?? '')).toEqual(['', '', '', '', '', '', '01'])
    expect(november.workdays).toBe(21)
  })
  it('每周七格', () => { for (const m of months(year(2028))) for (const w of m.weeks) expect(w).toHaveLength(7) })
  it('放假与调休各归其节', () => {
    expect(holidaysOf(year(2026, { '10-01': ['国庆节', false], '10-02': ['国庆节', false], '10-10': ['国庆节', true] })))
      .toEqual([{ name: '国庆节', off: '10月1日至2日', work: '10月10日' }])
  })
  it('星期六上班是调休', () => expect(adjusted({ day: '2026-10-10', work: true, name: '国庆节', provisional: false })).toBe(true))
  it('跨月连写', () => expect(spans(['2026-02-01', '2026-01-31', '2026-02-14'])).toBe('1月31日至2月1日、2月14日'))
})
