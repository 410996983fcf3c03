import { onBeforeUnmount, ref } from 'vue'
import { http, Refusal } from './http'
import { untilBack } from './reach'

// What is being written is kept as it is typed: at once on this machine, a little later with the server, so
// that neither a closed browser nor another desk loses it.
export type Kept<T> = { saved_at: string; content: T }

// newerOf decides between the two copies; the later one was typed last.
export function newerOf<T>(a: Kept<T> | null, b: Kept<T> | null): Kept<T> | null {
  if (!a || !b) return a ?? b
  return a.saved_at >= b.saved_at ? a : b
}

function here<T>(key: string): Kept<T> | null {
  try { return JSON.parse(localStorage.getItem(`draft:${key}`) ?? 'null') } catch { return null }
}

export function useDraft<T>(owner: string, key: string) {
  const local = `${owner}:${key}`
  const state = ref<'' | 'saving' | 'saved' | 'here'>('')
  let timer = 0
  let pending: Kept<T> | null = null
  const path = `/drafts/${encodeURIComponent(key)}`

  async function load(): Promise<T | null> {
    const there = await http.get<Kept<T> | null>(path).catch(() => null)
    const kept = newerOf(here<T>(local), there?.saved_at ? there : null)
    if (kept) state.value = 'saved'
    return kept?.content ?? null
  }

  function keep(content: T) {
    pending = { saved_at: new Date().toISOString(), content }
    try { localStorage.setItem(`draft:${local}`, JSON.stringify(pending)) } catch { /* a full disk must not stop the typing; the server keeps its copy */ }
    clearTimeout(timer)
    timer = window.setTimeout(flush, 1200)
  }

  async function flush() {
    clearTimeout(timer)
    if (!pending) return
    const sent = pending
    state.value = 'saving'
    try {
      await http.put(path, sent)
      state.value = 'saved'
    } catch (e) {
      state.value = 'here'
      if (e instanceof Refusal && e.status === 0) return void untilBack().then(flush) // kept here until then
    }
    if (pending === sent) pending = null
  }

  async function drop() {
    clearTimeout(timer)
    pending = null
    state.value = ''
    try { localStorage.removeItem(`draft:${local}`) } catch { /* nothing kept here */ }
    await http.delete(path).catch(() => {})
  }

  onBeforeUnmount(() => void flush())
  return { load, keep, drop, flush, state }
}
