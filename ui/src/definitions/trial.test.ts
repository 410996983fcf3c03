import { describe, expect, it } from 'vitest'
import type { Field } from '@/lib/types'
import { trialText } from './trial'

const fields: Field[] = [
  { key: 'room', name: '房间', type: 'text' }, { key: 'copies', name: '份数', type: 'number', unit: '份' },
  { key: 'by', name: '领用人', type: 'person' }, { key: 'kinds', name: '品类', type: 'choices' }, { key: 'sure', name: '已核对', type: 'flag' },
]

describe('试填的样子', () => {
  it('字段照所填的写', () => expect(trialText('room', fields, { room: '301室' })).toBe('301室'))
  it('数量带量词', () => expect(trialText('copies', fields, { copies: 3 })).toBe('3份'))
  it('人名要到办理时才知道', () => expect(trialText('name(by)', fields, { by: '912' })).toBe('（所选的）'))
  it('几项用顿号', () => expect(trialText('kinds', fields, { kinds: ['甲', '乙'] })).toBe('甲、乙'))
  it('没填的、办理中才有的空着', () => {
    expect(trialText('room', fields, {})).toBe('')
    expect(trialText('ref(seal).title', fields, { room: '301' })).toBe('')
    expect(trialText('number', fields, {})).toBe('')
    expect(trialText('sure', fields, { sure: true })).toBe('是')
  })
})
