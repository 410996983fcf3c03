import { describe, expect, it } from 'vitest'
import { scrollTo, sight } from './window'

describe('长登记簿只画看得见的几行', () => {
  it('开头', () => expect(sight(0, 480, 100_000, 48)).toEqual({ first: 0, last: 22, top: 0, height: 4_800_000 }))
  it('当中', () => {
    const s = sight(48 * 5000, 480, 100_000, 48)
    expect(s).toMatchObject({ first: 4988, last: 5022, top: 4988 * 48 })
  })
  it('末尾画到最后一行', () => expect(sight(4_800_000 - 480, 480, 100_000, 48).last).toBe(100_000))
  it('空簿', () => expect(sight(0, 480, 0, 48)).toEqual({ first: 0, last: 0, top: 0, height: 0 }))

  it('百万行也滚得到最后一行', () => {
    const s = sight(8_000_000 - 480, 480, 1_000_000, 48)
    expect(s.last).toBe(1_000_000)
    expect(s.height).toBe(8_000_000)
    // The last line ends where the book ends.
    expect(s.top + (s.last - s.first) * 48).toBeCloseTo(8_000_000, 0)
  })
})

describe('用方向键走到看不见的行', () => {
  it('已在眼前的不动', () => expect(scrollTo(3, 100, 480, 1000, 48)).toBe(100))
  it('往下走，刚好露出整行', () => expect(scrollTo(10, 0, 480, 1000, 48)).toBe(48))
  it('往上走，行在顶上', () => expect(scrollTo(1, 480, 480, 1000, 48)).toBe(48))
  it('百万行里也走得到', () => {
    const at = scrollTo(999_999, 0, 480, 1_000_000, 48)
    expect(sight(at, 480, 1_000_000, 48).last).toBe(1_000_000)
  })
})
