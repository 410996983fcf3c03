import { expect, test } from 'vitest'
import { shelved } from './shelves'

const lines = [
  { name: '收文办理', group: '公文', summary: '签收、登记到办结' },
  { name: '用印审批', group: '印章', summary: '申请、审批、用印' },
  { name: '发文办理', group: '公文', summary: '起草到印发' },
  { name: '会议室', group: '后勤' },
]

test('按类别排，类别和各类里的次序照原来的', () => {
  expect(shelved(lines, '').map(([group, of]) => [group, of.map((l) => l.name)])).toEqual([
    ['公文', ['收文办理', '发文办理']], ['印章', ['用印审批']], ['后勤', ['会议室']],
  ])
})

test('按名称、说明里的字找，找不到的类别不列', () => {
  expect(shelved(lines, '登记').map(([group]) => group)).toEqual(['公文'])
  expect(shelved(lines, '会议')).toEqual([['后勤', [lines[3]]]])
  expect(shelved(lines, '督查')).toEqual([])
})
