import { describe, expect, it } from 'vitest'
import type { Field } from '@/lib/types'
import { isAnswers, toWrite } from './answers'

const column = (key: string): Field => ({ key, name: key, type: 'text' })

describe('核校答复', () => {
  it('系统列出差错、人只写理由的，是答复表', () => expect(isAnswers(['finding', 'message', 'reason'].map(column))).toBe(true))
  it('一般的表照旧逐行填', () => {
    expect(isAnswers(['unit', 'copies'].map(column))).toBe(false)
    expect(isAnswers(undefined)).toBe(false)
  })
  it('差错和说明不能改', () => expect(toWrite(['finding', 'message', 'reason'].map(column)).map((c) => c.key)).toEqual(['reason']))
})
