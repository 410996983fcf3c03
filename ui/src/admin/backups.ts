import type { Backup } from './types'

// size as people say it.
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} 字节`
  const units = ['KB', 'MB', 'GB', 'TB']
  let n = bytes / 1000
  let i = 0
  while (n >= 999.95 && i < units.length - 1) { n /= 1000; i++ }
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${units[i]}`
}

export const kindOf = (b: Backup) => (b.base ? '增量' : '全量')

// outcome says what came of a backup: none counts before it was restored on trial.
export function outcome(b: Backup): string {
  if (b.state === 'running') return '正在备份'
  if (b.state === 'failed') return b.fault || '没有做成'
  const good = b.fault ? `已备份，但${b.fault}` : '试恢复完好'
  return b.removed ? `${good}，已到期清除` : good
}

// part is how far the stage under way is, from 0 to 1.
export const part = (b: Backup) => (b.whole > 0 ? Math.min(1, b.done / b.whole) : 0)
