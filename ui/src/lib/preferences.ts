import { reactive, watch } from 'vue'
import { http } from './http'
import type { Field, Values } from './types'

// What a person set for their own screen, large type among it (OA-32). Kept by the server so that it follows them to another desk.
type Preferences = { large_type: boolean; recent_opinions: string[]; recent_kinds: string[]; recent_values: Record<string, string[]>; guide_done: boolean; places: Record<string, boolean> }
const usual = (): Preferences => ({ large_type: false, recent_opinions: [], recent_kinds: [], recent_values: {}, guide_done: false, places: {} })
export const preferences = reactive<Preferences>(usual())
let ready = false

export async function loadPreferences() {
  ready = false
  const got = await http.get<Partial<Preferences> | null>('/me/preferences').catch(() => null)
  Object.assign(preferences, usual(), got ?? {})
  setTimeout(() => { ready = true })
}

let timer = 0
watch(preferences, (p) => {
  document.documentElement.toggleAttribute('data-large', p.large_type)
  if (!ready) return
  clearTimeout(timer)
  timer = window.setTimeout(() => void http.put('/me/preferences', { ...p }).catch(() => {}), 400)
}, { deep: true })

// rememberOpinion keeps the last opinions written, newest first, so that they are one click away.
export function rememberOpinion(text: string) {
  const said = text.trim()
  if (!said || said.length > 60) return
  preferences.recent_opinions = [said, ...preferences.recent_opinions.filter((x) => x !== said)].slice(0, 6)
}

// rememberKind keeps what one begins, so that it is at hand next time. What is at hand already keeps its place: a button
// that moves is not found again.
export const atHand = 4
export function rememberKind(kind: string) {
  const kinds = preferences.recent_kinds
  if (!kinds.slice(0, atHand).includes(kind)) preferences.recent_kinds = [kind, ...kinds.filter((k) => k !== kind)].slice(0, 2 * atHand)
}

// recentKinds are those of a list that one begins.
export function recentKinds<T extends { kind: string }>(all: readonly T[]): T[] {
  return preferences.recent_kinds.flatMap((k) => all.filter((p) => p.kind === k))
}

// kindsAtHand are what stands ready to be begun: what one began at this desk, then what one begins as a rule. What one has
// nothing to do with is not put in their place.
export function kindsAtHand<T extends { kind: string }>(all: readonly T[], usual: readonly string[]): T[] {
  const recent = recentKinds(all)
  return [...recent, ...usual.flatMap((k) => all.filter((p) => p.kind === k && !recent.includes(p)))].slice(0, atHand)
}

// What one fills into a short line again and again (来文单位, 到达地, 联系电话) is kept by the line's name, whichever form it
// stands in. Titles, numbers and reasons are of one matter only.
const ofOneMatter = /标题|题名|名称|号$|编号|字号|摘要|内容|事由|理由|原因|说明|意见|结果/
const mostNames = 60
const mostValues = 12
const again = (f: Pick<Field, 'type' | 'name' | 'key'>) => f.type === 'text' && f.key !== 'title' && !ofOneMatter.test(f.name)

export const recentValues = (f: Pick<Field, 'type' | 'name' | 'key'>): string[] => (again(f) ? (preferences.recent_values[f.name] ?? []) : [])

export function rememberValues(fields: readonly Pick<Field, 'type' | 'name' | 'key'>[], values: Values) {
  const kept = { ...preferences.recent_values }
  for (const f of fields.filter(again)) {
    const said = String(values[f.key] ?? '').trim()
    if (said.length < 2 || said.length > 40) continue
    const list = [said, ...(kept[f.name] ?? []).filter((x) => x !== said)].slice(0, mostValues)
    delete kept[f.name] // the name used last stands last
    kept[f.name] = list
  }
  preferences.recent_values = Object.fromEntries(Object.entries(kept).slice(-mostNames))
}
