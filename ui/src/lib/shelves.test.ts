import { expect, test } from 'vitest'
import { shelved } from './shelves'

const lines = [
  { name: '收文办理', group: '办文', summary: '签收、登记到办结' },
  { name: '用印审批', group: '印信', summary: '申请、审批、用印' },
  { name: '发文办理', group: '办文', summary: '起草到印发' },
  { name: '会议室', group: '后勤' },
  { name: '本单位自建', group: '其他' },
  { name: '联合行文', group: '办文', summary: '几个机关' },
]

test('类别照办公室的习惯排，各类里的次序照原来的', () => {
  expect(shelved(lines, '').map(([group, of]) => [group, of.map((l) => l.name)])).toEqual([
    ['办文', ['收文办理', '发文办理', '联合行文']], ['印信', ['用印审批']], ['后勤', ['会议室']], ['其他', ['本单位自建']],
  ])
})

test('按名称、说明里的字找，找不到的类别不列', () => {
  expect(shelved(lines, '登记').map(([group]) => group)).toEqual(['办文'])
  expect(shelved(lines, '会议')).toEqual([['后勤', [lines[3]]]])
  expect(shelved(lines, '督查')).toEqual([])
})
