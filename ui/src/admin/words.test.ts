import { describe, expect, it } from 'vitest'
import type { LogLine } from './types'
import { about, deedWord, failed, place, topicWord } from './words'

const line = (topic: string, action: string, detail: LogLine['detail'] = null): LogLine => ({ seq: 1, at: '', actor: '史明哲', topic, action, detail })
const names = (id: string) => ({ 7: '何映雪', incoming: '收文登记簿' } as Record<string, string>)[id]

describe('日志里的话', () => {
  it('停用谁写谁', () => expect(about(line('admin', 'disable', { person: '7' }), names)).toBe('何映雪'))
  it('导出哪份清单、多少条', () => expect(about(line('register', 'export-tasks', { list: '待办清单', lines: 14 }), names)).toBe('待办清单 14条'))
  it('导出哪本、多少条', () => expect(about(line('register', 'export', { register: 'incoming', lines: 1721 }), names)).toBe('收文登记簿 1721条'))
  it('改科室写科室名', () => expect(about(line('admin', 'unit', { Name: '信息科', ID: '3' }), names)).toBe('信息科'))
  it('公文内容不给审计看', () => expect(about(line('matter', 'instruct'), names)).toBe(''))
  it('没见过的动作也说得出来', () => {
    expect(deedWord(line('matter', 'instruct'))).toBe('办理事项')
    expect(deedWord(line('other', 'x'))).toBe('其他')
  })
  it('没有的工号来登录，写明填的什么或合计几次', () => {
    const one = line('login', 'unknown-failed', { number: '8888', from: '10.1.2.3' })
    expect([deedWord(one), about(one, names), place(one), failed(one)]).toEqual(['登录未成：没有这个工号', '8888', '10.1.2.3', true])
    expect(about(line('login', 'unknown-failed', { number: '', from: '10.1.2.3' }), names)).toBe('所填不像工号，没有记下')
    const many = line('login', 'unknown-failed', { times: 980, addresses: ['10.9.0.1', '10.9.0.2', '10.9.0.3', '10.9.0.4'] })
    expect([about(many, names), place(many)]).toEqual(['980次', '10.9.0.1、10.9.0.2、10.9.0.3等'])
  })
  it('登录不成要醒目', () => {
    expect(failed(line('login', 'login-failed'))).toBe(true)
    expect(topicWord(line('login', 'login'))).toBe('登录')
  })
})
