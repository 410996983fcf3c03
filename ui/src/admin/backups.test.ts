import { expect, test } from 'vitest'
import { kindOf, outcome, part, size } from './backups'
import type { Backup } from './types'

const one: Backup = {
  id: '1', file: 'chengqi-20261126-020000.zip', folder: '/srv', base: '', nightly: true, by: '', state: 'good', fault: '',
  begun: '2026-11-26T02:00:00+08:00', ended: '2026-11-26T02:01:00+08:00', removed: null, stage: '', done: 0, whole: 0, size: 0, files: 0, rows: 0, entries: 0,
}

test('大小按人说的话', () => {
  expect([0, 999, 1000, 123_456, 11_520_301, 999_990_000, 2.5e12].map(size)).toEqual(['0 字节', '999 字节', '1.0 KB', '123 KB', '12 MB', '1.0 GB', '2.5 TB'])
})

test('结果把试恢复、毛病、清除都说出来', () => {
  expect(outcome(one)).toBe('试恢复完好')
  expect(outcome({ ...one, removed: one.ended })).toBe('试恢复完好，已到期清除')
  expect(outcome({ ...one, fault: '附件库里缺失 1 个' })).toBe('已备份，但附件库里缺失 1 个')
  expect(outcome({ ...one, state: 'failed', fault: '磁盘已满' })).toBe('磁盘已满')
  expect(outcome({ ...one, state: 'running' })).toBe('正在备份')
})

test('全量还是增量，进度不过头', () => {
  expect(kindOf(one)).toBe('全量')
  expect(kindOf({ ...one, base: 'a.zip' })).toBe('增量')
  expect(part({ ...one, done: 3, whole: 2 })).toBe(1)
  expect(part(one)).toBe(0)
})
