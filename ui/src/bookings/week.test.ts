import { describe, expect, it } from 'vitest'
import { addDays, firstHour, freeUntil, momentAt, mondayOf, onDay, weekFrom, type Booking } from './week'

const book = (from: string, until: string): Booking => ({ thing: '1', name: '一号会议室', matter_id: '9', by: '倪承远', from: `${from}:00+08:00`, until: `${until}:00+08:00` })

describe('预订的一周', () => {
  it('一周从星期一起', () => {
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
    expect(weekFrom('2026-12-28').at(-1)).toBe('2027-01-03')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })
  it('跨日的每天各占一段', () => {
    const trip = [book('2026-11-23T14:00', '2026-11-25T12:00')]
    expect(onDay(trip, '2026-11-23')[0]).toMatchObject({ from: '14:00', until: '24:00', top: 0.5, height: 0.5 })
    expect(onDay(trip, '2026-11-24')[0]).toMatchObject({ from: '00:00', until: '24:00', top: 0, height: 1 })
    expect(onDay(trip, '2026-11-25')[0]).toMatchObject({ from: '00:00', until: '12:00' })
    expect(onDay(trip, '2026-11-26')).toEqual([])
  })
  it('按先后排', () => expect(onDay([book('2026-11-23T15:00', '2026-11-23T16:00'), book('2026-11-23T09:00', '2026-11-23T10:00')], '2026-11-23').map((b) => b.from)).toEqual(['09:00', '15:00']))
  it('空着的给一小时，后面有人的给到那时为止', () => {
    const taken = [book('2026-11-23T10:30', '2026-11-23T12:00')]
    expect(freeUntil(taken, '2026-11-23', 8)).toBe(9)
    expect(freeUntil(taken, '2026-11-23', 10)).toBe(10.5)
    expect(freeUntil(taken, '2026-11-23', 11)).toBeNull()
    expect(freeUntil(taken, '2026-11-23', 12)).toBe(13)
  })
  it('手机上预订给当天还没到的第一个空着的整点', () => {
    const now = new Date('2026-11-23T13:38:00+08:00'), taken = [book('2026-11-23T13:30', '2026-11-23T15:00'), book('2026-11-24T09:00', '2026-11-24T10:00')]
    expect(firstHour(taken, '2026-11-23', now)).toBe(15)
    expect(firstHour(taken, '2026-11-24', now)).toBe(10)
    expect(firstHour([], '2026-11-25', now)).toBe(9)
    expect(firstHour([], '2026-11-22', now)).toBeNull()
    expect(firstHour([], '2026-11-23', new Date('2026-11-23T20:30:00+08:00'))).toBeNull()
  })
  it('表上的写法', () => expect(momentAt('2026-11-23', 10.5)).toBe('2026-11-23T10:30:00+08:00'))
})
