import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { http } from '@/lib/http'
import { kindOf } from './source'
import type { Checked, Fault } from './types'

// The check of a text as it is being written: a little after the last key, the newest answer wins. The last text that
// held together stays to be looked at while the present one is at fault.
export function useCheck() {
  const faults = ref<Fault[]>([])
  const good = shallowRef<Checked | null>(null)
  const state = ref<'' | 'checking' | 'sound' | 'faulty' | 'unreachable'>('')
  let timer = 0
  let stop: AbortController | null = null

  async function check(source: string) {
    clearTimeout(timer)
    stop?.abort()
    const mine = (stop = new AbortController())
    const kind = kindOf(source)
    state.value = 'checking'
    try {
      if (!kind) faults.value = [{ file: '', line: 1, text: '第一行要写代号，如 kind: key-loan' }]
      else {
        const answer = await http.post<Checked>('/admin/procedures/check', { kind, source }, undefined, mine.signal)
        faults.value = answer.faults
        if (answer.procedure) good.value = answer
      }
      state.value = faults.value.length ? 'faulty' : 'sound'
    } catch {
      if (!mine.signal.aborted) state.value = 'unreachable'
    }
  }
  function soon(source: string) {
    clearTimeout(timer)
    state.value = 'checking'
    timer = window.setTimeout(() => void check(source), 450)
  }
  onBeforeUnmount(() => { clearTimeout(timer); stop?.abort() })
  return { faults, good, state, check, soon }
}
