import { describe, expect, it } from 'vitest'
import { spanText } from './span'

describe('一天里占哪一段', () => {
  const day = '2026-11-27'
  const at = (d: string, t: string) => `2026-11-${d}T${t}:00+08:00`
  it.each([
    [at('27', '14:00'), at('27', '15:30'), '14:00—15:30'],
    [at('26', '14:00'), at('27', '09:30'), '至 09:30'],
    [at('27', '16:00'), at('28', '09:30'), '16:00 起'],
    [at('26', '16:00'), at('28', '09:30'), '全天'],
    [at('27', '16:00'), '2026-11-28T00:00:00+08:00', '16:00—24:00'],
    [at('27', '09:00'), null, '09:00'],
    [null, null, ''],
  ])('%s 至 %s', (from, until, said) => expect(spanText(from, until, day)).toBe(said))
})
