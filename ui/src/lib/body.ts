// The text of a document body 正文: one paragraph a line, headings known by their numbers
// (GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）). What is here edits that text; the typesetter reads it.

const han = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

// hanNumber writes 1 to 99 as the headings do: 一, 十, 十一, 二十, 二十一.
export function hanNumber(n: number): string {
  if (n < 10) return han[n]!
  const tens = Math.floor(n / 10)
  return (tens > 1 ? han[tens] : '') + '十' + han[n % 10]
}

export const levels = [
  { level: 0, name: '正文段落', mark: '正文' },
  { level: 1, name: '第一层标题', mark: '一、' },
  { level: 2, name: '第二层标题', mark: '（一）' },
  { level: 3, name: '第三层标题', mark: '1.' },
  { level: 4, name: '第四层标题', mark: '（1）' },
]

const opens = [
  /^[一二三四五六七八九十]+、\s*/,
  /^[（(][一二三四五六七八九十]+[)）]\s*/,
  /^\d{1,2}[.．]\s*(?!\d)/,
  /^[（(]\d{1,2}[)）]\s*/,
]

// levelOf tells which level a line has: 0 for a plain paragraph.
export function levelOf(line: string): number {
  const text = line.replace(/^[\s\u3000]+/, '')
  return opens.findIndex((r) => r.test(text)) + 1
}

function bare(line: string): string {
  const text = line.replace(/^[\s\u3000]+/, '')
  const level = levelOf(text)
  return level ? text.replace(opens[level - 1]!, '') : text
}

export function markOf(level: number, n: number): string {
  return ['', `${hanNumber(n)}、`, `（${hanNumber(n)}）`, `${n}.`, `（${n}）`][level]!
}

// renumber gives every heading its place: a heading starts again at one under each heading above it.
export function renumber(text: string): string {
  const at = [0, 0, 0, 0, 0]
  return text.split('\n').map((line) => {
    const level = levelOf(line)
    if (!level) return line
    at[level]!++
    at.fill(0, level + 1)
    return markOf(level, at[level]!) + bare(line)
  }).join('\n')
}

// setLevel makes the lines touched by the selection one level, and renumbers; from and to select them again.
export function setLevel(text: string, from: number, to: number, level: number): { text: string; from: number; to: number } {
  const lines = text.split('\n')
  const first = text.slice(0, from).split('\n').length - 1
  const last = text.slice(0, to).split('\n').length - 1
  const changed = lines.map((l, i) => (i < first || i > last ? l : level ? markOf(level, 1) + bare(l) : bare(l)))
  const done = renumber(changed.join('\n')).split('\n')
  const start = done.slice(0, first).reduce((n, l) => n + l.length + 1, 0)
  const length = done.slice(first, last + 1).join('\n').length
  return first === last
    ? { text: done.join('\n'), from: start + length, to: start + length }
    : { text: done.join('\n'), from: start, to: start + length }
}
