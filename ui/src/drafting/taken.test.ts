import { describe, expect, it } from 'vitest'
import type { Field } from '@/lib/types'
import { sort } from './taken'

const fields = [
  { key: 'title', name: '标题', type: 'text' },
  { key: 'body', name: '正文', type: 'body' },
  { key: 'doc_kind', name: '文种', type: 'choice', default: '通知', options: [{ value: '通知', label: '通知' }, { value: '请示', label: '请示' }] },
  { key: 'urgency', name: '缓急', type: 'choice', default: '平件', options: [{ value: '平件', label: '平件' }, { value: '特急', label: '特急' }] },
] as Field[]

describe('从 Word 导入', () => {
  const taken = { fields: { title: '关于甲的请示', body: '正文。', doc_kind: '请示', urgency: '特提', copies_to: '县水利局' }, findings: [] }

  it('空着的和没动过的直接填，没有这一栏或这一项的不填', () => {
    expect(sort(taken, fields, { title: '', doc_kind: '通知', urgency: '平件' })).toEqual({
      free: { title: '关于甲的请示', body: '正文。', doc_kind: '请示' }, written: [],
    })
  })
  it('写过的要问，写得一样的不问', () => {
    const got = sort(taken, fields, { title: '关于乙的通知', body: '正文。', doc_kind: '请示' })
    expect(got.free).toEqual({})
    expect(got.written.map((w) => [w.field.name, w.now, w.new])).toEqual([['标题', '关于乙的通知', '关于甲的请示']])
  })
})
