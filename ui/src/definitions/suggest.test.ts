import { describe, expect, it } from 'vitest'
import { keysUnder, placeOf, suggest, wordBefore } from './suggest'

const source = `kind: key
fields:
  # 领的是哪把
  room: {name: 房间, type: text}
  given_at: {name: 领取时间, type: datetime}
steps:
  apply:
    name: 申请
    actions:
      submit: {name: 送审, to: approve, fields: [room!]}
  approve:
    name: 审批
`
const words = [
  { word: 'datetime', of: 'type' }, { word: 'date', of: 'type' }, { word: 'closed', of: 'target' },
  { word: 'name', of: 'field' }, { word: 'name', of: 'step' }, { word: 'name', of: 'expression' }, { word: 'now', of: 'expression' },
]
const at = (line: string) => ({ source: source + line, caret: source.length + line.length })
const offered = (line: string, asked = false) => { const s = at(line); return suggest(s.source, s.caret, words, asked).map((x) => x.word) }

describe('定义的补全', () => {
  it('认得本程序的字段和环节', () => {
    expect(keysUnder(source, 'fields')).toEqual(['room', 'given_at'])
    expect(keysUnder(source, 'steps')).toEqual(['apply', 'approve'])
  })
  it('类型后面只给类型', () => expect(offered('  day: {name: 日期, type: da')).toEqual(['datetime', 'date']))
  it('去向给环节和固定去向', () => expect(offered('        to: ', true)).toEqual(['apply', 'approve', 'closed']))
  it('表达式里给字段和函数', () => expect(offered('    - {ok: n', true)).toEqual(['name', 'now']))
  it('填写项给字段', () => expect(offered('        fields: [ro')).toEqual(['room']))
  it('写键时把同名的并在一起', () => {
    const s = at('    na')
    expect(suggest(s.source, s.caret, words)).toEqual([{ word: 'name', note: '字段、环节' }])
  })
  it('校验里逗号之后是键', () => expect(placeOf('  - {ok: x, sa', 14)).toBe('key'))
  it('一个字母不打扰，写全了也不再提示', () => {
    expect(offered('    n')).toEqual([])
    expect(offered('    name')).toEqual([])
  })
  it('光标前的词', () => expect(wordBefore('to: appr', 8)).toBe('appr'))
})
