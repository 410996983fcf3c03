import { describe, expect, it } from 'vitest'
import { missing, together } from './filing'
import type { ArchiveLine } from './types'

const line = (state: string, ...materials: [name: string, present: boolean][]) =>
  ({ state, materials: materials.map(([name, present]) => ({ name, present })) }) as ArchiveLine

describe('待归档', () => {
  it('缺什么写什么', () => expect(missing(line('collect', ['定稿', true], ['电子件', false], ['正本', false]))).toEqual(['电子件', '正本']))
  it('同一环节才能一并办理', () => {
    expect(together([line('box'), line('box')])).toBe(true)
    expect(together([line('box'), line('collect')])).toBe(false)
    expect(together([])).toBe(true)
  })
})
