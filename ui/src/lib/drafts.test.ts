import { describe, expect, it } from 'vitest'
import { newerOf } from './drafts'

const kept = (saved_at: string, content: string) => ({ saved_at, content })

describe('草稿取后写的一份', () => {
  it('本机较新', () => expect(newerOf(kept('2026-11-18T02:00:00Z', '本机'), kept('2026-11-18T01:00:00Z', '系统'))?.content).toBe('本机'))
  it('换了一台电脑，系统里的较新', () => expect(newerOf(kept('2026-11-17T02:00:00Z', '本机'), kept('2026-11-18T01:00:00Z', '系统'))?.content).toBe('系统'))
  it('只有一份就取那一份', () => expect(newerOf(null, kept('2026-11-18T01:00:00Z', '系统'))?.content).toBe('系统'))
  it('都没有', () => expect(newerOf(null, null)).toBeNull())
})
