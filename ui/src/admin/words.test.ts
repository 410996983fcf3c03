import { describe, expect, it } from 'vitest'
import type { LogLine } from './types'
import { about, deedWord, failed, topicWord } from './words'

const line = (topic: string, action: string, detail: LogLine['detail'] = null): LogLine => ({ seq: 1, at: '', actor: '史明哲', topic, action, detail })
const names = (id: string) => ({ 7: '何映雪', incoming: '收文登记簿' } as Record<string, string>)[id]

describe('日志里的话', () => {
  it('停用谁写谁', () => expect(about(line('admin', 'disable', { person: '7' }), names)).toBe('何映雪'))
  it('导出哪本、多少条', () => expect(about(line('register', 'export', { register: 'incoming', lines: 1721 }), names)).toBe('收文登记簿 1721条'))
  it('改科室写科室名', () => expect(about(line('admin', 'unit', { Name: '信息科', ID: '3' }), names)).toBe('信息科'))
  it('公文内容不给审计看', () => expect(about(line('matter', 'instruct'), names)).toBe(''))
  it('没见过的动作也说得出来', () => {
    expect(deedWord(line('matter', 'instruct'))).toBe('办理事项')
    expect(deedWord(line('other', 'x'))).toBe('其他')
  })
  it('登录不成要醒目', () => {
    expect(failed(line('login', 'login-failed'))).toBe(true)
    expect(topicWord(line('login', 'login'))).toBe('登录')
  })
})
