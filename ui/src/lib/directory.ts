import { shallowRef } from 'vue'
import { http } from './http'
import type { Directory, DirectoryPerson, DirectoryUnit } from './types'

// The address book 通讯录, loaded once: the pickers search it at every key stroke. People stand in rank order.
const book = shallowRef<Directory | null>(null)
let loading: Promise<Directory> | null = null

export function useDirectory() {
  if (!book.value && !loading) void loadDirectory()
  return book
}

export function loadDirectory(): Promise<Directory> {
  loading ??= http.get<Directory>('/directory')
    .then((d) => {
      d.people.sort((a, b) => a.order - b.order)
      d.units.sort((a, b) => a.order - b.order)
      return (book.value = d)
    })
    .finally(() => { loading = null })
  return loading
}

export function forgetDirectory() { book.value = null }

// personMatches finds by name, by pinyin (heyingxue), by initials (hyx), by post or unit.
export function personMatches(p: DirectoryPerson, said: string): boolean {
  const q = said.trim().toLowerCase().replace(/\s+/g, '')
  if (!q) return true
  if (/^[a-z]+$/.test(q)) return p.initials.toLowerCase().startsWith(q) || p.pinyin.toLowerCase().replace(/\s+/g, '').startsWith(q)
  return p.name.includes(q) || p.unit.includes(q) || p.posts.some((x) => x.includes(q))
}

export function unitMatches(u: DirectoryUnit, said: string): boolean { return u.name.includes(said.trim()) }
