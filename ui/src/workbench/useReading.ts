import { computed, ref, watch } from 'vue'
import { http, newKey, Refusal } from '@/lib/http'
import type { Matter, Reason, Task } from '@/lib/types'

// What could not be marked as read, and what the office says against it.
export type Left = { task: Task; text: string; reasons: readonly Reason[] }

// Several of what is to be read are marked as read in one go. Each is an action of its own, with its own line in the journal
// and its own refusal; one that is refused does not hold up the next.
export function useReading(tasks: () => readonly Task[], load: () => Promise<unknown>) {
  const chosen = ref<string[]>([])
  const going = ref<{ done: number; of: number } | null>(null)
  const outcome = ref<{ read: number; left: Left[] } | null>(null)
  const able = computed(() => tasks().filter((t) => t.reads_with).map((t) => t.id))
  const all = computed({
    get: () => able.value.length > 0 && able.value.every((id) => chosen.value.includes(id)),
    set: (on) => { chosen.value = on ? able.value : [] },
  })
  let stopped = false

  // What is no longer on the page is no longer chosen.
  watch(able, (ids) => { if (!going.value) chosen.value = chosen.value.filter((id) => ids.includes(id)) })

  // The list is fetched anew first: others who read the same document meanwhile are nothing against one's own reading.
  async function mark() {
    const wanted = tasks().filter((t) => chosen.value.includes(t.id))
    if (going.value || !wanted.length) return
    going.value = { done: 0, of: wanted.length }
    outcome.value = null
    stopped = false
    await load()
    const now = new Map(tasks().map((t) => [t.id, t]))
    const versions = new Map<string, number>()
    const left: Left[] = []
    let read = 0
    for (const before of wanted) {
      if (stopped) break
      const task = now.get(before.id)
      try {
        if (!task?.reads_with) throw new Error('已经不在待阅里，可能刚在别处办过')
        const { id, version } = task.matter
        const m = await http.post<Matter>(`/matters/${id}/actions/${task.reads_with}`, { version: versions.get(id) ?? version }, newKey())
        versions.set(id, m.version)
        chosen.value = chosen.value.filter((c) => c !== before.id)
        read++
      } catch (e) {
        left.push({ task: before, text: (e as Error).message, reasons: e instanceof Refusal ? e.reasons : [] })
        if (e instanceof Refusal && e.status === 0) break // nobody is there to ask
      }
      going.value = { done: read + left.length, of: wanted.length }
    }
    going.value = null
    outcome.value = { read, left }
    await load()
  }

  return { chosen, all, able, going, outcome, mark, stop: () => { stopped = true } }
}
