import { describe, expect, it } from 'vitest'
import { changed, narrow, tally, unexplained, type Item } from './items'

const items: Item[] = [
  { title: '关于冬季供暖的通知', doc_number: '临政办〔2026〕43号', unit: '文电科', proposed: '30年', retention: '30年', filing: '归档' },
  { title: '关于商请借用除雪设备的函', unit: '行政科', proposed: '10年', retention: '30年', filing: '归档' },
  { title: '会议纪要', unit: '秘书科', proposed: '永久', retention: '永久', lacking: '电子件', filing: '缺材料暂缓' },
]
const all = { q: '', unit: '', term: '', only: '' } as const

describe('归档件', () => {
  it('改了期限没写理由的要补', () => {
    expect(items.map(changed)).toEqual([false, true, false])
    expect(unexplained(items[1]!)).toBe(true)
    expect(unexplained({ ...items[1]!, reason: '涉及跨县协作' })).toBe(false)
  })
  it('按题名或文号找', () => {
    expect(narrow(items, { ...all, q: '43号' })).toEqual([0])
    expect(narrow(items, { ...all, q: '除雪' })).toEqual([1])
  })
  it('按科室、期限、缺材料挑', () => {
    expect(narrow(items, { ...all, unit: '秘书科' })).toEqual([2])
    expect(narrow(items, { ...all, term: '30年' })).toEqual([0, 1])
    expect(narrow(items, { ...all, only: 'lacking' })).toEqual([2])
    expect(narrow(items, { ...all, only: 'unexplained' })).toEqual([1])
  })
  it('合计只数归档的', () => expect(tally(items)).toEqual({ all: 3, filed: 2, lacking: 1, unexplained: 1, byTerm: [['30年', 2]] }))
})
