import { computed, shallowRef } from 'vue'
import { http } from './http'
import type { ProcedureLine, RegisterLine } from './types'

// What this office can do (办理程序) and which books it keeps (登记簿), fetched once for the places at the
// left, the command bar and the choice of a new matter.
const procedures = shallowRef<ProcedureLine[]>([])
const registers = shallowRef<RegisterLine[]>([])
let loading: Promise<void> | null = null

// loadCatalogue fetches it the first time it is asked; anew: also when it is there, for the counts of the books change.
export function loadCatalogue(anew = false): Promise<void> {
  if (anew && procedures.value.length) loading = null
  loading ??= Promise.all([
    http.get<{ items: ProcedureLine[] }>('/procedures').then((r) => { procedures.value = r.items }),
    http.get<{ items: RegisterLine[] }>('/registers').then((r) => { registers.value = r.items }),
  ]).then(() => {}, (e) => { loading = null; throw e })
  return loading
}

export function forgetCatalogue() {
  loading = null
  procedures.value = []
  registers.value = []
}

export function useCatalogue() {
  return {
    procedures, registers, startable: computed(() => procedures.value.filter((p) => p.may_start)),
    kinds: computed(() => procedures.value.map((p) => ({ value: p.kind, label: p.name, group: p.group }))),
  }
}
