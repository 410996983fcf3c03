import { onBeforeUnmount, reactive, ref } from 'vue'
import { address, Refusal } from './http'
import { untilBack } from './reach'
import { refreshMe } from './session'
import type { TaskCounts } from './types'

// News from the server while the page is open: how much is owed, what was announced, which matter changed.
type News = { tasks: { counts: TaskCounts; unread: number }; notice: { text: string; clause?: string; matter_id?: string }; matter: { id: string; version: number } }
type Listener<K extends keyof News> = (n: News[K]) => void

export const counts = reactive<TaskCounts>({ todo: 0, overdue: 0, today: 0, reading: 0, waiting: 0 })
export const unread = ref(0)
const listeners: { [K in keyof News]: Set<Listener<K>> } = { tasks: new Set(), notice: new Set(), matter: new Set() }
let source: EventSource | null = null
let retry = 0
let shown = '' // the matter a page shows: of others no news is needed

export function takeCounts(c: TaskCounts) { Object.assign(counts, c) }

function tell<K extends keyof News>(kind: K, data: string) {
  const news = JSON.parse(data) as News[K]
  for (const l of listeners[kind]) l(news)
}

export function openLive() {
  if (source) return
  source = new EventSource(address('/events', shown ? { matter: shown } : {}))
  source.addEventListener('tasks', (e) => {
    const news = JSON.parse(e.data) as News['tasks']
    takeCounts(news.counts)
    unread.value = news.unread ?? unread.value
    tell('tasks', e.data)
  })
  source.addEventListener('notice', (e) => { unread.value++; tell('notice', e.data) })
  source.addEventListener('matter', (e) => tell('matter', e.data))
  source.onerror = () => {
    // The browser reconnects by itself unless the server said no; then ask who we are, which leads to the login page.
    if (source?.readyState !== EventSource.CLOSED) return
    closeLive()
    retry = window.setTimeout(again, 5000)
  }
}

// again opens the news anew once the server answers, however long it was away; being logged out ends it.
async function again() {
  const mine = retry
  const said = await refreshMe().then(() => 200, (e) => (e instanceof Refusal ? e.status : 0))
  if (said === 0) await untilBack()
  if (mine !== retry || said === 401) return // closed, or opened, meanwhile
  if (said === 200) openLive()
  else retry = window.setTimeout(again, 5000)
}

export function closeLive() {
  clearTimeout(retry)
  retry = 0
  source?.close()
  source = null
}

// follow asks for news of the matter that a page shows.
export function follow(matter: string) {
  if (shown === matter) return
  shown = matter
  if (!source) return
  source.close()
  source = null
  openLive()
}

// onNews listens for as long as the component lives.
export function onNews<K extends keyof News>(kind: K, then: Listener<K>) {
  listeners[kind].add(then)
  onBeforeUnmount(() => listeners[kind].delete(then))
}
