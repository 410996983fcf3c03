import { describe, expect, it } from 'vitest'
import { dayText, dueText, momentText, today } from './day'

const now = new Date('2026-11-18T09:30:00+08:00')

describe('日期的写法', () => {
  it('今天写时刻', () => expect(momentText('2026-11-18T09:05:00+08:00', now)).toBe('今天 09:05'))
  it('过了零点就是昨天', () => expect(momentText('2026-11-17T23:59:00+08:00', now)).toBe('昨天 23:59'))
  it('往年带年份', () => expect(dayText('2025-12-31', now)).toBe('2025年12月31日'))
  it('下班前到期不写时刻', () => expect(dueText('2026-11-18T17:30:00+08:00', now)).toBe('今天'))
  it('上午到期写时刻', () => expect(dueText('2026-11-18T12:00:00+08:00', now)).toBe('今天 12:00'))
  it('无期限', () => expect(dueText(null, now)).toBe('不限时'))
  it('零时之后按北京时间换日', () => expect(today(new Date('2026-11-17T16:00:00Z'))).toBe('2026-11-18'))
})
