import { describe, expect, it } from 'vitest'
import { against, onTimeRate, passed, percent, sum, timeText } from './figures'

const line = (closed: number, on_time: number, hours = 0) => ({ received: 10, closed, on_time, late: closed - on_time, open: 1, overdue: 0, rate: null, average_hours: hours })

describe('统计', () => {
  it('合计，率和平均用时按合计算', () =>
    expect(sum([line(2, 1, 12), line(1, 1, 3)])).toEqual({ received: 20, closed: 3, on_time: 2, late: 1, open: 2, overdue: 0, rate: 66.7, average_hours: 9 }))
  it('按期办结率保留一位', () => expect(percent(onTimeRate({ closed: 3, on_time: 2 }))).toBe('66.7%'))
  it('没有办结的不算率', () => expect(percent(onTimeRate({ closed: 0, on_time: 0 }))).toBe('—'))
  it('同比', () => {
    expect(against(12, 10)).toBe('比上年同期多 2 件')
    expect(against(9, 10)).toBe('比上年同期少 1 件')
    expect(against(9, 9)).toBe('与上年同期持平')
  })
  it.each([[2026, 11], [2025, 12], [2027, 0]])('%d年到今天过了%d个月', (year, months) => expect(passed(year, '2026-11-18')).toBe(months))
  it.each([[0, '—'], [0.3, '1小时'], [3.2, '3小时'], [24, '1天'], [51, '2天3小时'], [47.8, '2天']])('%d 小时写作 %s', (h, s) => expect(timeText(h)).toBe(s))
})
