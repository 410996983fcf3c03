import { describe, expect, it } from 'vitest'
import type { Finding } from '@/lib/types'
import { fixed, spotOf } from './fix'

const finding = (o: Partial<Finding>): Finding => ({ severity: 'warn', rule: 'X', place: '', text: '', basis: '', part: 'body', ...o })

describe('照改', () => {
  const values = { title: '关于甲的通知。', body: '各单位：\n\n　　二小时内到场，二小时内修复。\n二小时内报告。' }

  it('只改所指那一段、所指那一处', () => {
    expect(fixed(values, finding({ index: 2, start: 7, end: 11, found: '二小时内', fix: '2小时内' }))?.body).toBe('各单位：\n\n　　二小时内到场，2小时内修复。\n二小时内报告。')
  })
  it('标题末尾的句号删去', () => expect(fixed(values, finding({ part: 'title', start: 6, end: 7, found: '。', fix: '' }))?.title).toBe('关于甲的通知'))
  it('没有把握的改法不给', () => expect(fixed(values, finding({ index: 2, found: '二小时内', fix: null }))).toBeNull())
  it('文字已变，找不到就不改', () => expect(spotOf(values, finding({ index: 2, found: '三小时内', fix: '3小时内' }))).toBeNull())
  it('段号不对而别处只有一处，就是那一处', () => expect(spotOf(values, finding({ index: 9, found: '各单位' }))).toEqual({ field: 'body', from: 0, to: 3 }))
})
