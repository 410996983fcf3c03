import type { Reason } from './types'

const base = '/api/v1'

// Refusal 不能办 is the one error the interface knows: the server's own sentence, all its reasons, and
// for a conflict the version that now stands. Status 0 means that the server could not be reached.
export class Refusal extends Error {
  readonly status: number
  readonly reasons: Reason[]
  readonly currentVersion?: number

  constructor(status: number, detail: string, reasons: Reason[] = [], currentVersion?: number) {
    super(detail)
    this.status = status
    this.reasons = reasons
    this.currentVersion = currentVersion
  }
}

type Options = { body?: unknown; key?: string; signal?: AbortSignal; query?: Record<string, unknown> }

let onLoggedOut: () => void = () => {}
export function whenLoggedOut(then: () => void) { onLoggedOut = then }

export function withQuery(path: string, query: Record<string, unknown> = {}): string {
  const q = new URLSearchParams()
  for (const [k, v] of Object.entries(query)) {
    if (v !== undefined && v !== null && v !== '') q.set(k, String(v))
  }
  const text = q.toString()
  return text ? `${path}?${text}` : path
}

// address is where a thing can be opened or downloaded directly.
export function address(path: string, query: Record<string, unknown> = {}): string {
  return base + withQuery(path, query)
}

// refusedBy is what a form says of an error: the sentence, and the reasons to be put beside the fields.
export function refusedBy(e: unknown): { text: string; reasons: Reason[] } {
  return { text: (e as Error).message, reasons: e instanceof Refusal ? e.reasons : [] }
}

async function refusalOf(res: Response): Promise<Refusal> {
  const problem = await res.json().catch(() => ({}))
  const said = problem.detail || problem.title
  const fallback = res.status >= 500 ? '系统一时未能办妥，请稍后再试；已填的内容都还在。' : '这件事没有办成，请核对后再试。'
  return new Refusal(res.status, said || fallback, problem.reasons ?? [], problem.current_version)
}

const unreachable = '网络不通，连不上系统。已填的内容都还在，请稍后再试。'

// send makes one request. A write is tried once more with the same key when the answer got lost on the way:
// the server acts once per key, so that a retried request never acts twice.
async function send(method: string, path: string, o: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  let body: BodyInit | undefined
  if (o.body instanceof FormData) body = o.body
  else if (o.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(o.body)
  }
  if (o.key) headers['Idempotency-Key'] = o.key
  const once = () => fetch(address(path, o.query), { method, headers, body, signal: o.signal, credentials: 'same-origin' })
  try {
    return await once()
  } catch (e) {
    if (o.signal?.aborted) throw e
    if (method !== 'GET' && !o.key) throw new Refusal(0, unreachable)
    await new Promise((r) => setTimeout(r, 600))
    return once().catch(() => { throw new Refusal(0, unreachable) })
  }
}

async function call<T>(method: string, path: string, o: Options = {}): Promise<T> {
  const res = await send(method, path, o)
  if (!res.ok) {
    if (res.status === 401 && path !== '/session') onLoggedOut()
    throw await refusalOf(res)
  }
  if (res.status === 204) return undefined as T
  const text = await res.text()
  return (text ? JSON.parse(text) : undefined) as T
}

export const http = {
  get: <T>(path: string, query?: Record<string, unknown>, signal?: AbortSignal) => call<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, key?: string, signal?: AbortSignal) => call<T>('POST', path, { body, key, signal }),
  put: <T>(path: string, body?: unknown, key?: string) => call<T>('PUT', path, { body, key }),
  delete: <T>(path: string) => call<T>('DELETE', path),
}

// newKey names one intention of the user; keep it while retrying the same intention.
export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const b = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
}

// upload sends one file and tells how far it is; XMLHttpRequest because fetch cannot tell.
export function upload<T>(path: string, file: File, progress: (part: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const x = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file)
    x.open('POST', address(path))
    x.setRequestHeader('Idempotency-Key', newKey())
    x.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    x.onload = () => {
      const answer = safeJSON(x.responseText)
      if (x.status >= 200 && x.status < 300) return resolve(answer as T)
      reject(new Refusal(x.status, answer?.detail ?? '附件没有传上去，请再试一次。', answer?.reasons ?? []))
    }
    x.onerror = () => reject(new Refusal(0, unreachable))
    x.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', () => x.abort())
    x.send(form)
  })
}

function safeJSON(text: string) {
  try { return JSON.parse(text) } catch { return undefined }
}
