import { beforeEach, describe, expect, it, vi } from 'vitest'
import 'vue' // loaded before there is a document, as it would otherwise draw

vi.mock('./http', () => ({ http: { get: vi.fn(async () => null), put: vi.fn(async () => null) } }))
vi.stubGlobal('document', { documentElement: { toggleAttribute: () => {} } })
vi.stubGlobal('window', globalThis)
const { kindsAtHand, preferences, recentValues, rememberKind, rememberValues } = await import('./preferences')

const text = (key: string, name: string) => ({ key, name, type: 'text' as const })
beforeEach(() => { preferences.recent_kinds = []; preferences.recent_values = {} })

describe('常办的事', () => {
  const all = ['incoming', 'outgoing', 'leave', 'seal-use', 'meeting', 'visitor'].map((kind) => ({ kind }))
  const atHand = (usual: string[]) => kindsAtHand(all, usual).map((p) => p.kind)
  it('在这里办过的排在前面，接着是向来办的，最多四个', () => {
    rememberKind('leave')
    expect(atHand(['seal-use', 'leave', 'incoming', 'outgoing', 'meeting'])).toEqual(['leave', 'seal-use', 'incoming', 'outgoing'])
  })
  it('和他无关的不拿来凑数，现在不能办的不列', () => {
    expect(atHand([])).toEqual([])
    expect(atHand(['visitor', 'vehicle'])).toEqual(['visitor'])
  })
  it('已经在手边的不挪地方', () => {
    for (const k of ['a', 'b', 'c', 'd']) rememberKind(k)
    rememberKind('a')
    expect(preferences.recent_kinds).toEqual(['d', 'c', 'b', 'a'])
    rememberKind('e')
    expect(preferences.recent_kinds.slice(0, 4)).toEqual(['e', 'd', 'c', 'b'])
  })
})

describe('填过的不再打', () => {
  const sender = text('sender', '来文单位')
  it('后填的在前，不重复', () => {
    for (const v of ['安澜市水利局', '安澜市教育局', '安澜市水利局']) rememberValues([sender], { sender: v })
    expect(recentValues(sender)).toEqual(['安澜市水利局', '安澜市教育局'])
  })
  it('标题、文号、事由只属于一件事，不记', () => {
    rememberValues([text('title', '标题'), text('sender_number', '来文字号'), text('reason', '事由')], { title: '关于供暖的通知', sender_number: '安政办〔2026〕1号', reason: '开会' })
    expect(preferences.recent_values).toEqual({})
  })
  it('空的、太长的不记，最多十二条', () => {
    rememberValues([sender], { sender: '' })
    rememberValues([sender], { sender: '长'.repeat(41) })
    expect(recentValues(sender)).toEqual([])
    for (let i = 0; i < 20; i++) rememberValues([sender], { sender: `单位${i}` })
    expect(recentValues(sender)).toHaveLength(12)
    expect(recentValues(sender)[0]).toBe('单位19')
  })
})
