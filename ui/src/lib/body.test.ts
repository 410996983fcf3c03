import { describe, expect, it } from 'vitest'
import { hanNumber, levelOf, renumber, setLevel } from './body'

describe('正文层次', () => {
  it.each([[1, '一'], [10, '十'], [11, '十一'], [20, '二十'], [21, '二十一'], [99, '九十九']])('%d 写作 %s', (n, s) => expect(hanNumber(n)).toBe(s))
  it.each([['一、基本情况', 1], ['　　（二）前期工作', 2], ['3.资金', 3], ['（4）其他', 4], ['3.5亿元资金', 0], ['为保障今冬', 0]])('%s 是第 %d 层', (line, n) => expect(levelOf(line)).toBe(n))

  it('删去中间一条后，序号接续，下层从头编', () => {
    expect(renumber('一、甲\n（一）子\n三、乙\n（三）丑\n（五）寅')).toBe('一、甲\n（一）子\n二、乙\n（一）丑\n（二）寅')
  })

  it('选中两行设为第一层，只改这两行', () => {
    const got = setLevel('开头\n甲\n乙\n结尾', 3, 6, 1)
    expect(got.text).toBe('开头\n一、甲\n二、乙\n结尾')
    expect(got.text.slice(got.from, got.to)).toBe('一、甲\n二、乙')
  })

  it('改回正文，序号去掉，后面接续', () => {
    expect(setLevel('一、甲\n二、乙\n三、丙', 0, 0, 0).text).toBe('甲\n一、乙\n二、丙')
  })
})
