import type { LocationQuery } from 'vue-router'

// What is asked of a book. It stands in the address of the page, so that going back, a saved view and a
// link from the statistics all show the same lines.
export type BookQuery = {
  year: string; unit: string; state: string; custody: string; person: string; q: string; from: string; to: string; sort: string
}
export const keys: (keyof BookQuery)[] = ['year', 'unit', 'state', 'custody', 'person', 'q', 'from', 'to', 'sort']

// A book opens at this year, as on the desk, a ledger of things at all of them; 'all' asks for every year.
export const everyYear = 'all'

export function readQuery(address: LocationQuery, usualYear: number | string): BookQuery {
  const asked = Object.fromEntries(keys.map((k) => [k, typeof address[k] === 'string' ? address[k] : ''])) as BookQuery
  if (!asked.year) asked.year = asked.from || asked.to ? everyYear : String(usualYear)
  return asked
}

// toServer leaves out what is not asked.
export function toServer(q: BookQuery): Record<string, string> {
  const said = Object.fromEntries(keys.filter((k) => q[k]).map((k) => [k, q[k]]))
  if (said.year === everyYear) delete said.year
  return said
}

export function toAddress(q: BookQuery, usualYear: number | string): Record<string, string> {
  const said = Object.fromEntries(keys.filter((k) => q[k]).map((k) => [k, q[k]]))
  const usual = q.from || q.to ? everyYear : String(usualYear)
  if (said.year === usual) delete said.year
  return said
}

export function narrowed(q: BookQuery): boolean {
  return !!(q.unit || q.state || q.custody || q.person || q.q || q.from || q.to)
}

// nextSort: a click on a heading sorts by it, a second turns it round, a third gives back the order of the book.
export function nextSort(now: string, column: string): string {
  if (now === column) return `-${column}`
  return now === `-${column}` ? '' : column
}
