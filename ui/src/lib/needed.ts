import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { http } from './http'
import type { Field, Values } from './types'

// How a form begins, before anybody has typed into it.
export const beginning = (fields: readonly Field[]): Values => Object.fromEntries(fields.map((f) => [f.key, f.value ?? f.default ?? null]))

const part = (values: Values, keys: readonly string[]): Values => Object.fromEntries(keys.map((k) => [k, values[k] ?? null]))

// Which lines bear the star of 必填. The server told it with the form; when something is entered on which it hangs, it is
// asked again, for the rule that refuses an empty line is the server's. Without an answer the stars stay as they are.
export function useNeeded(path: () => string, form: () => { fields: readonly Field[]; needed_by: readonly string[] }, values: Ref<Values>) {
  const told = () => form().fields.filter((f) => f.required).map((f) => f.key)
  const needed = ref<readonly string[]>(told())
  let timer = 0
  let asked: AbortController | null = null

  async function ask(fields: Values) {
    const mine = (asked = new AbortController())
    try {
      needed.value = (await http.post<{ fields: string[] }>(`${path()}/needed`, { fields }, undefined, mine.signal)).fields
    } catch { /* the stars only foretell; what is missing is said again when it is sent */ }
  }

  function stop() {
    clearTimeout(timer)
    asked?.abort()
  }

  watch([() => JSON.stringify(part(values.value, form().needed_by)), () => form().fields], ([said]) => {
    stop()
    if (said === JSON.stringify(part(beginning(form().fields), form().needed_by))) needed.value = told()
    else timer = window.setTimeout(() => void ask(JSON.parse(said) as Values), 250)
  })

  onBeforeUnmount(stop)
  return needed
}
