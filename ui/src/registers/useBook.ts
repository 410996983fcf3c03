import { onBeforeUnmount, ref, shallowReactive, shallowRef, watch, type Ref } from 'vue'
import { http } from '@/lib/http'
import { toServer, type BookQuery } from './query'
import type { BookLine, BookPage } from './types'

const size = 100

// useBook turns the pages of one register: it fetches those in sight, keeps them, and drops requests for pages
// that have been scrolled past.
export function useBook(kind: string, query: Ref<BookQuery>) {
  const head = shallowRef<BookPage | null>(null)
  const error = shallowRef<unknown>(null)
  const busy = ref(false)
  const pages = shallowReactive(new Map<number, BookLine[]>())
  const going = new Map<number, AbortController>()

  const fetchPage = (page: number, stop: AbortController) =>
    http.get<BookPage>(`/registers/${kind}`, { ...toServer(query.value), page, size }, stop.signal)

  function dropAll() {
    for (const stop of going.values()) stop.abort()
    going.clear()
  }

  // open begins the book anew at its first page; the old lines stay until the new ones are here.
  async function open() {
    dropAll()
    error.value = null
    busy.value = true
    const stop = new AbortController()
    going.set(1, stop)
    try {
      const first = await fetchPage(1, stop)
      pages.clear()
      pages.set(1, first.rows)
      head.value = first
    } catch (e) {
      if (!stop.signal.aborted) error.value = e
    } finally {
      if (going.get(1) === stop) { going.delete(1); busy.value = false }
    }
  }

  async function turn(page: number) {
    const stop = new AbortController()
    going.set(page, stop)
    try {
      const got = await fetchPage(page, stop)
      pages.set(page, got.rows)
    } catch (e) {
      if (!stop.signal.aborted) error.value = e
    } finally {
      if (going.get(page) === stop) going.delete(page)
    }
  }

  let timer = 0
  // need makes sure that the lines [first, last) come; a short wait lets a fast scroll pass by.
  function need(first: number, last: number) {
    if (!head.value || busy.value) return
    const from = Math.floor(first / size) + 1
    const to = Math.max(from, Math.ceil(last / size))
    const missing = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((p) => !pages.has(p))
    clearTimeout(timer)
    if (!missing.length) return
    timer = window.setTimeout(() => {
      for (const [p, stop] of going) if (p < from || p > to) { stop.abort(); going.delete(p) }
      for (const p of missing) if (!going.has(p)) void turn(p)
    }, 50)
  }

  const lineAt = (i: number): BookLine | undefined => pages.get(Math.floor(i / size) + 1)?.[i % size]

  watch(query, open, { immediate: true })
  onBeforeUnmount(() => { clearTimeout(timer); dropAll() })
  return { head, error, busy, need, lineAt, open }
}
