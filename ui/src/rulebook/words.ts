import { names } from './names'
import type { Param } from './types'

// The figures of a clause in plain words: 7 workdays is 7个工作日. What the system keeps only for itself, and has no
// plain words, is not shown to readers; the text of the clause says it anyway.
const units: Record<string, string> = {
  workday: '个工作日', workdays: '个工作日', day: '天', days: '天', 'calendar day': '天', 'calendar days': '天', hour: '小时', hours: '小时',
  minute: '分钟', minutes: '分钟', week: '周', weeks: '周', month: '个月', months: '个月', year: '年', years: '年', chars: '字', copies: '份',
  persons: '人', tries: '次', quarter: '个季度', CNY: '元', mL: '毫升', mm: '毫米',
}
const whole: Record<string, string> = {
  immediate: '立即', 'same-day': '当天', 'same day': '当天', 'day end': '当天下班前', 'half-day': '半天', day: '每天', daily: '每天', week: '每周', weekly: '每周',
  month: '每月', quarter: '每季', 'half-year': '每半年', year: '每年', yearly: '每年', forbid: '禁止', allowed: '允许', required: '必须', true: '是', false: '否',
  on: '开', yes: '是', configurable: '由本单位定', 'last workday of previous month': '上月最后一个工作日', 'source': '来源', always: '一律', all: '全部',
  warn: '提醒', confirm: '提示确认', block: '拦下', approval: '须批准', forward: '顺序', backward: '逆序', refuse: '拒收', majority: '过半数',
}
const weekdays: Record<string, string> = { Monday: '一', Tuesday: '二', Wednesday: '三', Thursday: '四', Friday: '五', Saturday: '六', Sunday: '日' }
const signs: Record<string, string> = { '>=': '不少于', '<=': '不超过', '>': '多于', '<': '少于' }

// plain says one figure, or nothing when there are no plain words for it.
export function plain(value: string): string {
  const v = value.trim()
  if (whole[v]) return whole[v]
  const parts = v.split(',').map((x) => x.trim())
  if (parts.length > 1 && parts.every((p) => plain(p))) return parts.map(plain).join('、')
  const sign = v.match(/^(>=|<=|>|<)\s*(.+)$/)
  if (sign) { const rest = plain(sign[2]!); return rest && signs[sign[1]!]! + rest }
  const weekday = v.match(/^(?:week\()?(\w+day)\)?$/)
  if (weekday && weekdays[weekday[1]!]) return `每周${weekdays[weekday[1]!]}`
  const measured = v.match(/^([\d.,-]+)\s+([A-Za-z]+(?: day)?s?)$/)
  if (measured && units[measured[2]!]) return `${measured[1]!}${units[measured[2]!]}`
  const per = v.match(/^([\d.-]+) per (day|week|month|year)$/)
  if (per) return `${whole[per[2]!]}${per[1]}`
  const date = v.match(/^(\d\d)-(\d\d)$/)
  if (date) return `${Number(date[1])}月${Number(date[2])}日`
  return /[a-z]{2}/i.test(v.replace(/GB\/T|[A-Z]{2,4}(?=[,\d·-]|$)/g, '')) ? '' : v
}

// isLimit tells whether a figure is a length of time, which the office may write as 7个工作日 or 7 workdays.
export const isLimit = (value: string) => /^\d[\d.]*\s+(workday|day|calendar day|hour|minute|week|month)s?$/.test(value.trim()) || ['half-day', 'same-day', 'same day', 'immediate'].includes(value.trim())

// shown are the figures a reader is told: measures and lists. A bare count or switch only repeats the text, and what
// the rule once was elsewhere (alt) is no rule of this office.
const switches = new Set(['true', 'false', 'on', 'yes', 'required', 'always', 'all'])
export function shown(params: Param[]): { name: string; text: string }[] {
  return params.flatMap((p) => {
    const text = p.key === 'alt' || switches.has(p.value) || /^\d+$/.test(p.value) ? '' : plain(p.value)
    return text ? [{ name: nameOf(p.key), text }] : []
  })
}

export const nameOf = (key: string) => names[key] ?? (/^[\u4e00-\u9fff]/.test(key) ? key : '数值')
