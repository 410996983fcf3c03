import { reactive } from 'vue'
import { Refusal } from '@/lib/http'
import { login } from '@/lib/session'
import type { Me } from '@/lib/types'

// Coming in: number and password, then the code if the account has a second step. The password is kept while the code is
// asked for, and forgotten when either is wrong.
export function useEntry() {
  const entry = reactive({ username: '', password: '', code: '', second: false, refused: '', busy: false })

  function again() {
    Object.assign(entry, { password: '', code: '', second: false })
  }

  async function enter(): Promise<Me | null> {
    Object.assign(entry, { refused: '', busy: true })
    try {
      const me = await login(entry.username.trim(), entry.password, entry.code.trim())
      again()
      return me
    } catch (e) {
      const asked = e instanceof Refusal && e.reasons.some((r) => r.field === 'code')
      if (!asked || entry.second) entry.refused = (e as Error).message
      if (asked) Object.assign(entry, { second: true, code: '' })
      else if (e instanceof Refusal && e.status >= 400 && e.status < 500) again() // what was typed is not at fault otherwise
      return null
    } finally { entry.busy = false }
  }
  return { entry, enter, again }
}
