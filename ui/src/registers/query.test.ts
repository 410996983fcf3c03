import { describe, expect, it } from 'vitest'
import { narrowed, nextSort, readQuery, toAddress, toServer } from './query'

describe('登记簿的查法', () => {
  it('打开就是本年度', () => expect(readQuery({}, 2026).year).toBe('2026'))
  it('台账打开就是全部年度', () => expect(readQuery({}, 'all').year).toBe('all'))
  it('给了起止日期，不再限年度', () => expect(readQuery({ from: '2025-12-01', to: '2026-01-31' }, 2026).year).toBe('all'))
  it('全部年度不向系统提年度', () => expect(toServer(readQuery({ year: 'all', q: '供暖' }, 2026))).toEqual({ q: '供暖' }))
  it('通常的年度不写进网址', () => expect(toAddress(readQuery({ unit: 'u1' }, 2026), 2026)).toEqual({ unit: 'u1' }))
  it('写进网址再读出来是同一个查法', () => {
    const asked = readQuery({ year: '2025', state: 'open', sort: '-number', q: '请示' }, 2026)
    expect(readQuery(toAddress(asked, 2026), 2026)).toEqual(asked)
  })
  it('按保管状态筛选也写进网址', () => {
    const asked = readQuery({ custody: '待销毁' }, 2026)
    expect(narrowed(asked)).toBe(true)
    expect(toAddress(asked, 2026)).toEqual({ custody: '待销毁' })
    expect(toServer(asked)).toEqual({ year: '2026', custody: '待销毁' })
  })
  it('只换年度和次序不算筛选', () => expect(narrowed(readQuery({ year: '2025', sort: 'number' }, 2026))).toBe(false))
  it('点三次栏名回到簿上次序', () => {
    expect(nextSort('', 'number')).toBe('number')
    expect(nextSort('number', 'number')).toBe('-number')
    expect(nextSort('-number', 'number')).toBe('')
    expect(nextSort('-number', 'title')).toBe('title')
  })
})
