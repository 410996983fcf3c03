import { describe, expect, it } from 'vitest'
import { tallyHeight, tallyOption } from './tally'

const colours = { ink: '1', soft: '2', strong: '3', red: '4', green: '5' }
const tally = { name: '活动', clause: 'CAL-06', measure: '次', across: ['会议', '调研'], lines: [{ name: '甲', cells: [2, 1], total: 3 }, { name: '乙', cells: [0, 1], total: 1 }] }

describe('分项统计图', () => {
  it('多的在上，分列叠成一条', () => {
    const option = tallyOption(tally)(colours)
    expect(option.yAxis.data).toEqual(['乙', '甲'])
    expect(option.series.map((s) => [s.name, s.data])).toEqual([['会议', [0, 2]], ['调研', [1, 1]]])
  })
  it('不分列的只有合计，最多画十二条', () => {
    const many = { ...tally, across: [], lines: Array.from({ length: 20 }, (_, i) => ({ name: String(i), cells: [], total: 20 - i })) }
    expect(tallyOption(many)(colours).series).toHaveLength(1)
    expect(tallyOption(many)(colours).yAxis.data).toHaveLength(12)
    expect(tallyHeight(many)).toBe(tallyHeight({ ...many, lines: many.lines.slice(0, 12) }))
  })
})
