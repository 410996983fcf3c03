import type { LogLine } from './types'

// The log as the auditor reads it: the office's words for what the records name by key. What has no word yet is said
// in general, so that no line is left out.
const deeds: Record<string, string> = {
  'login': '登录', 'login-failed': '登录未成：密码不对', 'unknown-failed': '登录未成：没有这个工号', 'code-failed': '验证码不对', 'password-wrong': '核对密码未成', 'password-changed': '修改密码', 'sessions-ended': '退出别处的登录',
  'second-step-on': '开启二次验证', 'second-step-off': '关闭二次验证', 'recovery-code-used': '用恢复码验证', 'recovery-codes-renewed': '换一批恢复码', 'reset-account': '重设账号', 'new-key': '更换密钥', 'reset-second-step': '重置二次验证', 'sign-in': '设定登录规定', 'logout': '退出', 'away': '登记外出、委托代办', 'back': '销假',
  'reset-password': '重设密码', 'disable': '停用账号', 'enable': '启用账号', 'unlock': '解锁账号', 'calendar': '录入放假安排',
  'divisions': '调整领导分工', 'duties': '授予岗位职责和分管', 'led-by': '设定岗位由谁分管', 'unit': '设立或修改科室', 'post': '设立或修改岗位', 'person': '登记或修改人员',
  'import-people': '成批登记人员', 'clear-sample': '清空样例', 'amend-clause': '修改条款', 'publish-procedure': '发布办理程序定义', 'backup': '备份', 'backup-failed': '备份没有做成', 'backup-setting': '修改备份设置', 'unused-files': '清除没有用上的附件', 'withdraw-procedure': '停用办理程序定义', 'print': '打印登记簿', 'export': '导出登记簿', 'export-tasks': '导出清单', 'paper-print': '打印公文或单', 'paper-download': '下载公文或附件',
  'refused': '所填内容带国家秘密标志或涉密事项标题，没有收', 'clock-warn': '系统提醒将到期', 'clock-overdue': '系统提醒已到期', 'clock-escalate': '系统报主任',
}
const topics: Record<string, string> = { login: '登录', admin: '管理', register: '登记簿', statistics: '统计', paper: '打印下载', away: '外出', clock: '时限', matter: '办理', secrecy: '保密拦截', package: '形成归档包', 'package-test': '检验归档包', 'package-file': '下载归档包' }

// topicsSought are the types one can look for: a matter's own records stand on its page.
export const topicsSought = Object.fromEntries(Object.entries(topics).filter(([key]) => key !== 'matter'))
export const topicWord = (l: LogLine) => topics[l.topic] ?? '其他'
export const deedWord = (l: LogLine) => l.topic === 'statistics' ? '导出统计表' : deeds[l.action] ?? (l.topic === 'matter' ? '办理事项' : l.topic === 'clock' ? '时限提醒' : topicWord(l))
export const failed = (l: LogLine) => l.action.endsWith('-failed') || l.action === 'password-wrong'

// place says where from: an address, or the several of log-ins that were counted together.
export function place(l: LogLine): string {
  const several = l.detail?.addresses
  return Array.isArray(several) ? several.slice(0, 3).join('、') + (several.length > 3 ? '等' : '') : String(l.from || (l.detail?.from ?? ''))
}

// about says of whom or what: 停用账号 何映雪, 导出登记簿 收文登记簿 1721条, 登录 10.2.3.4.
export function about(l: LogLine, nameOf: (id: string) => string | undefined): string {
  const d = l.detail ?? {}
  const said = (key: string) => (typeof d[key] === 'string' || typeof d[key] === 'number' ? String(d[key]) : '')
  if (l.action === 'unknown-failed') return d.times ? `${said('times')}次` : said('number') || '所填不像工号，没有记下'
  if (d.person) return nameOf(said('person')) ?? ''
  if (d.register) return `${nameOf(said('register')) ?? ''} ${said('lines')}条`.trim()
  if (d.list) return `${said('list')} ${said('lines')}条`
  if (d.kind) return nameOf(said('kind')) ?? said('kind')
  if (l.action === 'amend-clause') return `${said('id')} 第${said('edition')}版`
  if (d.count) return `${said('count')}人`
  if (d.holidays || d.year) return `${said('year')}年`
  return said('Name') || said('post') || said('text') || said('basis')
}
