import { describe, expect, it } from 'vitest'
import type { Directory } from '@/lib/types'
import { sections, standIn } from './people'

const person = (id: string, unit_id: string, order: number) => ({ id, name: id, unit: '', unit_id, posts: [], phone: '', order, pinyin: '', initials: '', away: null, leader: false })
const book: Directory = {
  agency: { id: 'a', name: '县委办' }, issuers: [],
  units: [
    { id: 'zh', name: '综合科', parent: 'wb', order: 3, head: '' },
    { id: 'wb', name: '县委办', parent: '', order: 1, head: '' },
    { id: 'lost', name: '专班', parent: '已撤销', order: 9, head: '' },
  ],
  people: [person('卢见山', 'zh', 17), person('池若溪', 'zh', 18), person('贺庭山', 'wb', 7), person('临时', 'lost', 90)],
}

describe('通讯录的编排', () => {
  it('按单位，科室在所属之下，人按排序', () => {
    expect(sections(book, () => true).map((s) => [s.unit.name, s.depth, s.people.map((p) => p.name).join()])).toEqual([
      ['县委办', 0, '贺庭山'], ['综合科', 1, '卢见山,池若溪'], ['专班', 0, '临时'],
    ])
  })
  it('没有要找的人的单位不列', () => expect(sections(book, (p) => p.name === '池若溪').map((s) => s.unit.name)).toEqual(['综合科']))
  it('外出的写明谁代', () => {
    expect(standIn({ ...person('甲', 'zh', 1), away: { until: '', stand_in: { id: '1', name: '卢见山' } } })).toBe('卢见山')
    expect(standIn(person('甲', 'zh', 1))).toBe('')
  })
})
