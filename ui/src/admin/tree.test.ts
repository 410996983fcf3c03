import { describe, expect, it } from 'vitest'
import { nextOrder, parentsFor, underneath } from './tree'
import type { Unit } from './types'

const unit = (id: string, parent: string, order: number): Unit => ({ id, name: id, parent, order, code: '', tasks: '', head: '', active: true })
const units = [unit('综合科', '县委办', 5), unit('县委办', '', 2), unit('县委', '', 1), unit('秘书科', '县委办', 4), unit('专班', '已撤', 9)]

describe('科室', () => {
  it('各归所属，按次序', () => expect(underneath(units).map((x) => `${x.depth}${x.unit.name}`)).toEqual(['0县委', '0县委办', '1秘书科', '1综合科', '0专班']))
  it('不能归到自己或自己的下级', () => expect(parentsFor(units, '县委办').map((u) => u.name)).toEqual(['县委', '专班']))
  it('新设的可以归到任何在用的科室', () => {
    expect(parentsFor(units, '').map((u) => u.name)).toEqual(['县委', '县委办', '秘书科', '综合科', '专班'])
    expect(parentsFor(units.map((u) => (u.id === '县委' ? { ...u, active: false } : u)), '').map((u) => u.name)).not.toContain('县委')
  })
  it('互为上级的也不死循环', () => expect(underneath([unit('甲', '乙', 1), unit('乙', '甲', 2)])).toEqual([]))
  it('新的排在最后', () => expect(nextOrder(units)).toBe(10))
})
