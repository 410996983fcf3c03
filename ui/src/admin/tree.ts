import type { Unit } from './types'

// underneath lists units as the office draws them: each beneath the one it belongs to, in order. A unit whose parent
// is gone stands at the top, so that it can be found and put right.
export function underneath(units: Unit[]): { unit: Unit; depth: number }[] {
  const known = new Set(units.map((u) => u.id))
  const out: { unit: Unit; depth: number }[] = []
  const seen = new Set<string>()
  const visit = (parent: string, depth: number) => {
    const below = units.filter((u) => (known.has(u.parent) ? u.parent : '') === parent).sort((a, b) => a.order - b.order)
    for (const unit of below) {
      if (seen.has(unit.id)) continue
      seen.add(unit.id)
      out.push({ unit, depth })
      visit(unit.id, depth + 1)
    }
  }
  visit('', 0)
  return out
}

// parentsFor gives the units a unit may be put beneath: not itself nor anything below it, nor one that is closed unless it
// stands there. A new one has nothing below it.
export function parentsFor(units: Unit[], id: string): Unit[] {
  const below = new Set<string>(id ? [id] : [])
  const now = units.find((u) => u.id === id)?.parent
  for (let grown = true; grown;) {
    grown = false
    for (const u of units) if (below.has(u.parent) && !below.has(u.id)) { below.add(u.id); grown = true }
  }
  return underneath(units).map((x) => x.unit).filter((u) => !below.has(u.id) && (u.active || u.id === now))
}

export const nextOrder = (list: { order: number }[]) => Math.max(0, ...list.map((x) => x.order)) + 1
