import { ref } from 'vue'
import { http, newKey } from '@/lib/http'
import { rememberFile } from '@/lib/files'
import { follow, onNews } from '@/lib/live'
import type { Action, Matter, Values } from '@/lib/types'

// needsDesk: a long form, a text to write or a table whose lines would be cut needs the whole desk, not the side of the page.
export function needsDesk(a: Action): boolean {
  return a.fields.length > 8 || a.fields.some((f) => f.type === 'body' || (f.type === 'table' && (f.columns?.length ?? 0) > 2))
}

// One matter and all that may be done with it here. What the server answers is shown; nothing is guessed.
export function useMatter(id: string) {
  const matter = ref<Matter | null>(null)
  const error = ref<unknown>(null)
  const stale = ref(false)

  function take(m: Matter) {
    m.files.forEach(rememberFile)
    matter.value = m
    stale.value = false
  }

  async function load() {
    error.value = null
    try { take(await http.get<Matter>(`/matters/${id}`, { open: 1 })) } catch (e) { error.value = e }
  }

  // act asks for one action. The same content asked twice carries the same key and acts once.
  let lastSaid = ''
  let lastKey = ''
  async function act(action: string, version: number, fields: Values, opinion: string): Promise<Matter> {
    const said = JSON.stringify([action, version, fields, opinion])
    if (said !== lastSaid) { lastSaid = said; lastKey = newKey() }
    const m = await http.post<Matter>(`/matters/${id}/actions/${action}`, { version, fields, opinion }, lastKey)
    take(m)
    return m
  }

  follow(id)
  onNews('matter', (n) => {
    if (n.id === id && matter.value && n.version > matter.value.version) stale.value = true
  })
  return { matter, error, stale, load, act }
}
