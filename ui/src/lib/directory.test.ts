import { describe, expect, it } from 'vitest'
import { personMatches } from './directory'
import type { DirectoryPerson } from './types'

const he: DirectoryPerson = {
  id: '1', name: '何映雪', unit: '文电科', unit_id: 'u', posts: ['文书（收文、传阅、清退）'], phone: '', order: 28,
  pinyin: 'he ying xue', initials: 'hyx', away: null, leader: false,
}

describe('找人', () => {
  it.each(['', 'hyx', 'HY', 'heying', '映雪', '文电', '文书'])('“%s”找得到何映雪', (q) => expect(personMatches(he, q)).toBe(true))
  it.each(['xue', '倪', 'nc'])('“%s”不是何映雪', (q) => expect(personMatches(he, q)).toBe(false))
})
