import type { Directory, DirectoryPerson, DirectoryUnit } from '@/lib/types'

// A section of the printed address book: a unit with its people in rank order.
export type Section = { unit: DirectoryUnit; depth: number; people: DirectoryPerson[] }

// sections lays the book out by unit, each beneath the one it belongs to, as the office orders them. Units without
// anyone to show are left out; a parent that cannot be found must not hide its unit.
export function sections(book: Directory, keep: (p: DirectoryPerson) => boolean): Section[] {
  const known = new Set(book.units.map((u) => u.id))
  const below = (parent: string) => book.units.filter((u) => (known.has(u.parent) ? u.parent : '') === parent).sort((a, b) => a.order - b.order)
  const out: Section[] = []
  const visit = (parent: string, depth: number) => {
    for (const unit of below(parent)) {
      const people = book.people.filter((p) => p.unit_id === unit.id && keep(p)).sort((a, b) => a.order - b.order)
      if (people.length) out.push({ unit, depth, people })
      visit(unit.id, depth + 1)
    }
  }
  visit('', 0)
  return out
}

// standIn names who acts for somebody away; the server may give the person or only the name.
export function standIn(p: DirectoryPerson): string {
  const s = p.away?.stand_in
  return !s ? '' : typeof s === 'string' ? s : s.name
}
