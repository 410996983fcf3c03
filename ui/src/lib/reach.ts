import { ref } from 'vue'

// Reach 连得上: whether the server answers at all. While it does not (a restart, a cable pulled, a proxy that finds nobody
// behind it) every page says so in one place, and one asker tries again for all of them.
export const away = ref(false)

let waiting: Promise<void> | null = null
const pauses = [1000, 2000, 3000, 5000]

export function pause(ms: number): Promise<void> { return new Promise((r) => setTimeout(r, ms)) }

// answers asks once.
export async function answers(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) })).ok
  } catch { return false }
}

async function asking() {
  away.value = true
  for (let i = 0; ; i++) {
    await pause(pauses[Math.min(i, pauses.length - 1)]!)
    if (await answers()) break
  }
  waiting = null
  away.value = false
}

// untilBack waits until the server answers again, however long that takes.
export function untilBack(): Promise<void> { return (waiting ??= asking()) }

// backWithin waits no longer than some milliseconds, or until nobody wants to know any more, and tells whether it came back.
export async function backWithin(ms: number, signal?: AbortSignal): Promise<boolean> {
  const left = new Promise<boolean>((r) => {
    setTimeout(r, ms, false)
    signal?.addEventListener('abort', () => r(false), { once: true })
  })
  return Promise.race([untilBack().then(() => true), left])
}

// fromProxy tells an answer that a proxy gave because it found no server behind it: ours are written as JSON, with their
// own sentence.
export function fromProxy(status: number, kind: string | null): boolean {
  return status >= 502 && status <= 504 && !kind?.includes('json')
}
