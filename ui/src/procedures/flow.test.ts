import { describe, expect, it } from 'vitest'
import type { ProcedureStep } from '@/lib/types'
import { lanesOf, layout } from './flow'

const step = (key: string, ...actions: [name: string, ...to: string[]][]): ProcedureStep => ({
  key, name: key, who: '', limit: '', basis: [], external: false, actions: actions.map(([name, ...to]) => ({ key: name, name, to, asks: false })),
})
const chart = layout([
  step('登记', ['送拟办', '拟办'], ['退文', 'closed']),
  step('拟办', ['呈批', '批示'], ['退回', '登记'], ['暂存', '拟办']),
  step('批示', ['批示', 'closed'], ['退回', '拟办'], ['退登记', '登记']),
])
const arrow = (from: string, to: string) => chart.arrows.find((a) => a.from === from && a.to === to)

describe('流程图', () => {
  it('每个环节一格，最后是办结', () => expect(chart.boxes.map((b) => b.name)).toEqual(['登记', '拟办', '批示', '办结']))
  it('下一步是直箭头', () => expect(arrow('登记', '拟办')).toMatchObject({ side: 'down', names: ['送拟办'] }))
  it('越过中间环节的走右边', () => expect(arrow('登记', '')).toMatchObject({ side: 'ahead', names: ['退文'] }))
  it('退回的走左边', () => expect(arrow('批示', '登记')).toMatchObject({ side: 'back', names: ['退登记'] }))
  it('留在原处的不画', () => expect(arrow('拟办', '拟办')).toBeUndefined())
  it('同一个动作按内容分到几处，名字只写一次', () => {
    const { arrows } = layout([step('定范围', ['排次序', '签意见', '送出', '阅知']), step('签意见', ['同意', '送出']), step('送出', ['送', '阅知']), step('阅知', ['阅', 'closed'])])
    expect(arrows.filter((a) => a.names[0] === '排次序').map((a) => [a.to, !!a.quiet])).toEqual([['签意见', false], ['送出', true], ['阅知', true]])
  })
  it('没有一条线画到图外', () => {
    for (const a of chart.arrows) for (const n of a.path.match(/-?[\d.]+/g)!) expect(Number(n)).toBeGreaterThanOrEqual(0)
    for (const a of chart.arrows) expect(a.textX).toBeLessThan(chart.width)
  })
  it('重叠的各走各的道', () => expect(lanesOf([{ from: 0, to: 5 }, { from: 1, to: 3 }, { from: 4, to: 6 }])).toEqual([1, 0, 0]))
  it('不相干的共用一道', () => expect(lanesOf([{ from: 0, to: 2 }, { from: 3, to: 5 }])).toEqual([0, 0]))
})
