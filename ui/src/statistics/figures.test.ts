import { describe, expect, it } from 'vitest'
import { against, kindTotals, monthDays, onTimeRate, passed, percent, sameMonths, timeText, totals } from './figures'

const month = (m: number, closed: number, on_time: number) => ({ month: m, received: 10, issued: 2, closed, on_time, late: closed - on_time })

describe('统计', () => {
  it('全年合计', () => expect(totals([month(1, 8, 7), month(2, 12, 12)])).toEqual({ received: 20, issued: 4, closed: 20, on_time: 19, late: 1 }))
  it('按期办结率保留一位', () => expect(percent(onTimeRate({ closed: 3, on_time: 2 }))).toBe('66.7%'))
  it('没有办结的不算率', () => expect(percent(onTimeRate({ closed: 0, on_time: 0 }))).toBe('—'))
  it('同比', () => {
    expect(against(12, 10)).toBe('比上年同期多 2 件')
    expect(against(9, 10)).toBe('比上年同期少 1 件')
    expect(against(9, 9)).toBe('与上年同期持平')
  })
  it('还没到的月份不算', () => expect(passed([month(11, 1, 1), month(12, 0, 0)], 2026, '2026-11-18').map((m) => m.month)).toEqual([11]))
  it('上年只取已过的月份', () => expect(sameMonths([month(1, 1, 1), month(12, 1, 1)], [month(1, 2, 2)]).map((m) => m.month)).toEqual([1]))
  it.each([[0, '—'], [0.3, '1小时'], [3.2, '3小时'], [24, '1天'], [51, '2天3小时'], [47.8, '2天']])('%d 小时写作 %s', (h, s) => expect(timeText(h)).toBe(s))
  it('各类合计，率按合计算', () => {
    const line = { kind: 'a', name: '甲', register: '', rate: null, average_hours: 0 }
    expect(kindTotals([{ ...line, received: 3, closed: 2, on_time: 1, late: 1, open: 1, overdue: 1 }, { ...line, received: 2, closed: 1, on_time: 1, late: 0, open: 1, overdue: 0 }]))
      .toEqual([5, 3, 2, 1, 2, 1, '66.7%'])
  })
  it('二月的最后一天', () => expect(monthDays(2028, 2)).toEqual({ from: '2028-02-01', to: '2028-02-29' }))
})
