// Item 归档件 is one line of a filing matter: the document, the term proposed by rule and the term decided.
export type Item = {
  source?: string; kind?: string; unit?: string; doc_number?: string; responsible?: string; title?: string; date?: string
  secrecy?: string; pages?: number | null; lacking?: string; proposed?: string; ground?: string; retention?: string
  reason?: string; filing?: string; code?: string; seq?: number; box?: number; note?: string
}

export type Narrowing = { q: string; unit: string; term: string; only: '' | 'lacking' | 'changed' | 'unexplained' }

// changed: a term other than the one the rule proposes needs its reason (ARCH-31).
export const changed = (i: Item) => !!i.proposed && !!i.retention && i.retention !== i.proposed
export const unexplained = (i: Item) => changed(i) && !i.reason?.trim()

// narrow gives the places of the items asked for, in the order of the list.
export function narrow(items: Item[], n: Narrowing): number[] {
  return items.map((_, at) => at).filter((at) => {
    const i = items[at]!
    if (n.q && !`${i.title ?? ''}${i.doc_number ?? ''}`.includes(n.q)) return false
    if (n.unit && i.unit !== n.unit) return false
    if (n.term && i.retention !== n.term) return false
    if (n.only === 'lacking') return !!i.lacking
    if (n.only === 'changed') return changed(i)
    if (n.only === 'unexplained') return unexplained(i)
    return true
  })
}

export type Tally = { all: number; filed: number; lacking: number; unexplained: number; byTerm: [term: string, count: number][] }

export function tally(items: Item[]): Tally {
  const filed = items.filter((i) => i.filing === '归档')
  const terms = new Map<string, number>()
  for (const i of filed) if (i.retention) terms.set(i.retention, (terms.get(i.retention) ?? 0) + 1)
  const order = ['永久', '30年', '10年']
  return {
    all: items.length, filed: filed.length, lacking: items.filter((i) => i.lacking).length, unexplained: items.filter(unexplained).length,
    byTerm: [...terms].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  }
}
