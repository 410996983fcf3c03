import { describe, expect, it } from 'vitest'
import type { Field } from '@/lib/types'
import { cells, laid } from './paste'

const columns: Field[] = [
  { key: 'direction', name: '收发', type: 'choice', options: [{ value: '收', label: '收' }, { value: '发', label: '发' }] },
  { key: 'at', name: '时刻', type: 'datetime' }, { key: 'party', name: '对方单位', type: 'text' }, { key: 'copies', name: '份数', type: 'number' },
]

describe('从表格软件粘贴', () => {
  it('引号里的换行和制表符不分行', () => expect(cells('"甲\n乙"\t1\r\n丙 "丁"\t2\n\n')).toEqual([['甲\n乙', '1'], ['丙 "丁"', '2']]))
  it('从所在的格子起逐行填入', () => {
    const rows = laid([{ direction: '收', party: '旧' }], columns, cells('2026/11/3 9:05\t县水利局\t1,200\n2026年11月4日\t县教育局\t2'), { row: 0, column: 1 })
    expect(rows).toEqual([
      { direction: '收', at: '2026-11-03T09:05:00+08:00', party: '县水利局', copies: 1200 },
      { direction: null, at: '2026-11-04T00:00:00+08:00', party: '县教育局', copies: 2 },
    ])
  })
  it('有表头的按栏名对上', () => {
    const rows = laid([], columns, cells('对方单位\t序号\t收发\n县水利局\t1\t发'), { row: 0, column: 0 })
    expect(rows).toEqual([{ direction: '发', at: null, party: '县水利局', copies: null }])
  })
  it('栏目认不得的内容不填', () => {
    expect(laid([], columns, cells('转\t昨天\n'), { row: 0, column: 0 })).toEqual([{ direction: null, at: null, party: null, copies: null }])
  })
})
