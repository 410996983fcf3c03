import { computed, onBeforeUnmount, ref, shallowReactive, shallowRef, watch, type Ref } from 'vue'
import { http } from '@/lib/http'
import { toServer, type BookQuery } from './query'
import type { BookLine, BookPage } from './types'

const size = 100

// A book with a line for each entry of a matter (传阅登记簿, 发文簿) comes by matters: how many lines a page has is known
// only when it is here. Such a book is read on from page to page; ahead of what is read stand a few empty lines.
const ahead = 20

// useBook turns the pages of one register: it fetches those in sight, keeps them, and drops requests for pages
// that have been scrolled past.
export function useBook(kind: string, query: Ref<BookQuery>) {
  const head = shallowRef<BookPage | null>(null)
  const error = shallowRef<unknown>(null)
  const busy = ref(false)
  const pages = shallowReactive(new Map<number, BookLine[]>())
  const going = new Map<number, AbortController>()
  const flat = shallowRef<BookLine[] | null>(null)
  let read = 0

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
      flat.value = first.rows.length === Math.min(size, first.total) ? null : first.rows
      read = 1
      head.value = first
      readOn(first.rows)
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
      if (flat.value) {
        flat.value = [...flat.value, ...got.rows]
        read = page
        going.delete(page)
        readOn(got.rows)
      } else pages.set(page, got.rows)
    } catch (e) {
      if (!stop.signal.aborted) error.value = e
    } finally {
      if (going.get(page) === stop) going.delete(page)
    }
  }

  // readOn goes to the next page when one had no line: with nothing new in sight nobody would ask for it.
  function readOn(lines: BookLine[]) {
    if (flat.value && !lines.length && more()) void turn(read + 1)
  }

  let timer = 0
  // need makes sure that the lines [first, last) come; a short wait lets a fast scroll pass by.
  function need(first: number, last: number) {
    if (!head.value || busy.value) return
    if (flat.value) {
      if (last > flat.value.length && more() && !going.has(read + 1)) void turn(read + 1)
      return
    }
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

  const more = () => read * size < (head.value?.total ?? 0)
  const count = computed(() => (flat.value ? flat.value.length + (more() ? ahead : 0) : (head.value?.total ?? 0)))
  const lineAt = (i: number): BookLine | undefined => flat.value ? flat.value[i] : pages.get(Math.floor(i / size) + 1)?.[i % size]

  watch(query, open, { immediate: true })
  onBeforeUnmount(() => { clearTimeout(timer); dropAll() })
  return { head, count, byMatter: computed(() => !!flat.value), error, busy, need, lineAt, open }
}
