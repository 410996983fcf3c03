import { computed, reactive, readonly, ref } from 'vue'
import { http, Refusal } from './http'
import { untilBack } from './reach'
import type { Me } from './types'

// The session 登录: who sits at this screen. Two pages never disagree about it because it stands only here.
const state = reactive<{ me: Me | null; known: boolean; skew: number }>({ me: null, known: false, skew: 0 })

function take(me: Me | null) {
  state.me = me
  state.known = true
  if (me?.now) state.skew = Date.parse(me.now) - Date.now()
}

export async function whoAmI(): Promise<Me | null> {
  if (state.known) return state.me
  try {
    take(await http.get<Me>('/me'))
  } catch (e) {
    if (!(e instanceof Refusal) || e.status !== 401 && e.status !== 0) throw e
    if (e.status === 0) {
      await untilBack() // nothing can be shown before
      return whoAmI()
    }
    take(null)
  }
  return state.me
}

export async function refreshMe() { take(await http.get<Me>('/me')) }

export async function login(username: string, password: string, code = ''): Promise<Me> {
  const me = await http.post<Me>('/session', { username, password, code })
  take(me)
  return me
}

export async function logout() {
  await http.delete('/session').catch(() => {})
  take(null)
}

// locked covers the screen without leaving the page: after a while unattended, or when the session ran out.
export const locked = ref(false)

export function forget() { take(null) }

// officeNow is the server's time: the sample office lives in its own week, and clerks' clocks are often wrong.
export function officeNow(): Date { return new Date(Date.now() + state.skew) }

export function useSession() {
  return { state: readonly(state), me: computed(() => state.me as Me), has: (duty: string) => !!state.me?.duties.includes(duty) }
}
