import { describe, expect, it } from 'vitest'
import { byDay, stateOf, turned, type Due } from './month'

const due = (day: string, state = '未到', matter_id = ''): Due => ({ name: '周一例会', clause: 'ORG-10', task: '', holder: '', day, matter_id, state })

describe('本月应办', () => {
  it('按日归在一起，先后有序', () => expect(byDay([due('2026-11-30'), due('2026-11-02'), due('2026-11-30')]).map((d) => [d.day, d.items.length])).toEqual([['2026-11-02', 1], ['2026-11-30', 2]]))
  it('过了期还在办的醒目', () => expect(stateOf(due('2026-11-16', '办理中', '7'), '2026-11-20')).toEqual({ text: '办理中', late: true }))
  it('当天的不算过期', () => expect(stateOf(due('2026-11-20', '办理中', '7'), '2026-11-20').late).toBe(false))
  it('办结的不醒目', () => expect(stateOf(due('2026-11-16', '已办结', '7'), '2026-11-20').late).toBe(false))
  it('没有事项的分过去和将来', () => {
    expect(stateOf(due('2026-11-02'), '2026-11-20').text).toBe('未立事项')
    expect(stateOf(due('2026-11-30'), '2026-11-20').text).toBe('未到')
  })
  it('翻月过年', () => {
    expect(turned(2026, 12, 1)).toEqual({ year: 2027, month: 1 })
    expect(turned(2026, 1, -1)).toEqual({ year: 2025, month: 12 })
  })
})
