import { reactive, watch } from 'vue'
import { http } from './http'

// What a person set for their own screen, large type among it (OA-32). Kept by the server so that it follows them to another desk.
type Preferences = { large_type: boolean; recent_opinions: string[]; guide_done: boolean; places: Record<string, boolean> }
export const preferences = reactive<Preferences>({ large_type: false, recent_opinions: [], guide_done: false, places: {} })
let ready = false

export async function loadPreferences() {
  ready = false
  const got = await http.get<Partial<Preferences> | null>('/me/preferences').catch(() => null)
  Object.assign(preferences, { large_type: false, recent_opinions: [], guide_done: false, places: {} }, got ?? {})
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
