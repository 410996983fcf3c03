import type { Values } from './types'

// A definition may say when a field is worth showing: needs_reply, type == "亲启". Only that small part of its
// language is read here; what is not understood is shown, for the server decides what is required.
type Token = { kind: 'word' | 'text' | 'number' | 'sign'; is: string }

const pattern = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(==|!=|&&|\|\||<=|>=|[!()[\],<>]))/y

function read(source: string): Token[] {
  const out: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < source.trimEnd().length) {
    const m = pattern.exec(source)
    if (!m) throw new Error('not understood')
    if (m[1]) out.push({ kind: 'text', is: m[1].slice(1, -1) })
    else if (m[2]) out.push({ kind: 'number', is: m[2] })
    else if (m[3]) out.push({ kind: 'word', is: m[3] })
    else out.push({ kind: 'sign', is: m[4]! })
  }
  return out
}

class Reader {
  private at = 0
  constructor(private readonly tokens: Token[], private readonly values: Values) {}

  whole(): unknown {
    const v = this.either()
    if (this.at < this.tokens.length) throw new Error('not understood')
    return v
  }

  private take(...signs: string[]): string | undefined {
    const t = this.tokens[this.at]
    if (t && t.kind !== 'text' && signs.includes(t.is)) { this.at++; return t.is }
    return undefined
  }

  private either(): unknown {
    let v = this.both()
    while (this.take('or', '||')) { const w = this.both(); v = truth(v) || truth(w) }
    return v
  }

  private both(): unknown {
    let v = this.compared()
    while (this.take('and', '&&')) { const w = this.compared(); v = truth(v) && truth(w) }
    return v
  }

  private compared(): unknown {
    const v = this.single()
    const sign = this.take('==', '!=', 'in', '<', '>', '<=', '>=')
    if (!sign) return v
    const w = this.single()
    switch (sign) {
      case '==': return same(v, w)
      case '!=': return !same(v, w)
      case 'in': return Array.isArray(w) && w.some((x) => same(v, x))
      case '<': return Number(v) < Number(w)
      case '>': return Number(v) > Number(w)
      case '<=': return Number(v) <= Number(w)
      default: return Number(v) >= Number(w)
    }
  }

  private single(): unknown {
    if (this.take('not', '!')) return !truth(this.single())
    if (this.take('(')) { const v = this.either(); if (!this.take(')')) throw new Error('not understood'); return v }
    if (this.take('[')) return this.list()
    const t = this.tokens[this.at++]
    if (!t || t.kind === 'sign') throw new Error('not understood')
    if (t.kind === 'text') return t.is
    if (t.kind === 'number') return Number(t.is)
    if (t.is === 'true' || t.is === 'false') return t.is === 'true'
    if (t.is === 'filled' && this.take('(')) { const v = this.either(); if (!this.take(')')) throw new Error('not understood'); return truth(v) }
    if (this.tokens[this.at]?.is === '(' || !(t.is in this.values)) throw new Error('not understood')
    return this.values[t.is]
  }

  private list(): unknown[] {
    const out: unknown[] = []
    while (!this.take(']')) { out.push(this.single()); this.take(',') }
    return out
  }
}

const truth = (v: unknown) => (Array.isArray(v) ? v.length > 0 : !!v)
const same = (v: unknown, w: unknown) => (v ?? '') === (w ?? '')

export function shows(condition: string | undefined, values: Values): boolean {
  if (!condition) return true
  try { return truth(new Reader(read(condition), values).whole()) } catch { return true }
}
