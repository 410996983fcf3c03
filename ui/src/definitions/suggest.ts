import type { Word } from './types'

// Completion 补全 of a definition: which words fit where the caret stands. It only guesses from the line; what is
// right is told by the check.
export type Suggestion = { word: string; note: string }

const notes: Record<string, string> = {
  procedure: '程序', field: '字段', step: '环节', action: '动作', check: '校验', column: '栏目', sheet: '印表', begin: '启动他事',
  register: '登记簿', book: '分簿', number: '编号', expression: '表达式', type: '字段类型', target: '去向',
}

// wordBefore is the word being typed.
export function wordBefore(source: string, caret: number): string {
  return source.slice(0, caret).match(/[A-Za-z_][A-Za-z0-9_-]*$/)?.[0] ?? ''
}

// keysUnder lists what the definition itself names in a top-level section: its fields, its steps.
export function keysUnder(source: string, section: 'fields' | 'steps'): string[] {
  const lines = source.split('\n')
  const from = lines.findIndex((l) => l.startsWith(`${section}:`))
  if (from < 0) return []
  const out: string[] = []
  for (const l of lines.slice(from + 1)) {
    if (/^\S/.test(l) && !l.startsWith('#')) break
    const key = l.match(/^ {2}([A-Za-z_][A-Za-z0-9_-]*):/)?.[1]
    if (key) out.push(key)
  }
  return out
}

// Where a word stands decides what it can be: the value of type, of to, of an expression, or a key.
const expressions = new Set(['ok', 'if', 'when', 'who', 'by', 'value', 'start', 'default', 'show', 'series', 'text', 'holder', 'limit', 'sealed', 'set'])
export function placeOf(source: string, caret: number): 'type' | 'to' | 'expression' | 'entries' | 'key' {
  const line = source.slice(source.lastIndexOf('\n', caret - 1) + 1, caret)
  const key = line.match(/([A-Za-z_]+):\s*[^:{}]*$/)?.[1]
  if (!key) return 'key'
  if (key === 'type') return 'type'
  if (key === 'to') return 'to'
  if (key === 'fields' || key === 'title' || key === 'correct') return /\{[^}]*$/.test(line) && key !== 'fields' ? 'key' : 'entries'
  if (!expressions.has(key)) return 'key'
  // After a comma inside braces a new key may begin: {ok: x, say|
  return /\{[^}]*,\s*[A-Za-z_]*$/.test(line) ? 'key' : 'expression'
}

export function suggest(source: string, caret: number, words: Word[], asked = false): Suggestion[] {
  const typed = wordBefore(source, caret)
  if (!asked && typed.length < 2) return []
  const of = (...kinds: string[]) => words.filter((w) => kinds.includes(w.of)).map((w) => ({ word: w.word, note: notes[w.of] ?? '' }))
  const fields = () => keysUnder(source, 'fields').map((word) => ({ word, note: '本程序的字段' }))
  const steps = () => keysUnder(source, 'steps').map((word) => ({ word, note: '本程序的环节' }))
  const place = placeOf(source, caret)
  let all: Suggestion[]
  if (place === 'type') all = of('type')
  else if (place === 'to') all = [...steps(), ...of('target')]
  else if (place === 'entries') all = fields()
  else if (place === 'expression') all = [...fields(), ...of('expression')]
  else all = of(...Object.keys(notes).filter((k) => !['expression', 'type', 'target'].includes(k)))
  const merged = new Map<string, Set<string>>()
  for (const s of all) if (s.word.startsWith(typed) && s.word !== typed) merged.set(s.word, (merged.get(s.word) ?? new Set()).add(s.note))
  return [...merged].slice(0, 12).map(([word, note]) => ({ word, note: [...note].slice(0, 3).join('、') }))
}
