import { onBeforeUnmount, ref } from 'vue'
import { http } from '@/lib/http'
import type { Preview, Values } from '@/lib/types'

// The draft as it will print, half a second after the last stroke; an older answer never overwrites a newer one.
export function usePreview(kind: () => string, matter?: string) {
  const preview = ref<Preview | null>(null)
  const error = ref<unknown>(null)
  const busy = ref(false)
  let timer = 0
  let asked: AbortController | null = null

  async function draw(fields: Values) {
    asked?.abort()
    const mine = (asked = new AbortController())
    busy.value = true
    try {
      preview.value = await http.post<Preview>('/preview', { kind: kind(), matter, fields }, undefined, mine.signal)
      error.value = null
    } catch (e) {
      if (!mine.signal.aborted) error.value = e
    } finally {
      if (asked === mine) busy.value = false
    }
  }

  function soon(fields: Values) {
    clearTimeout(timer)
    timer = window.setTimeout(() => void draw(fields), 500)
  }

  function stop() {
    clearTimeout(timer)
    asked?.abort()
  }

  // clear takes the sheet away when nothing is left on it.
  function clear() {
    stop()
    preview.value = error.value = null
  }

  onBeforeUnmount(stop)
  return { preview, error, busy, soon, draw, clear }
}
