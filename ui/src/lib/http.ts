import { backWithin, fromProxy, pause, untilBack } from './reach'
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
  const reasons = e instanceof Refusal ? e.reasons : []
  return { text: openingOf((e as Error).message, reasons), reasons }
}

// openingOf is what a sentence says before its reasons: it often repeats them in a row, and they stand by themselves.
export function openingOf(text: string, reasons: readonly Reason[]): string {
  if (!reasons.length || !text.includes(reasons[0]!.text)) return text
  return text === reasons[0]!.text ? '' : text.split('：')[0]!
}

// What the answer itself does not say, because a proxy gave it and not the server.
function unsaid(status: number): string {
  if (status === 413) return '内容太大，前面的反向代理没有让它通过，请删减后再试；反复出现的，请告诉系统管理员（client_max_body_size）。'
  return status >= 500 ? '系统一时未能办妥，请稍后再试；已填的内容都还在。' : '这件事没有办成，请核对后再试。'
}

// refusalOf reads what was said against a request.
async function refusalOf(res: Response): Promise<Refusal> {
  const problem = await res.json().catch(() => ({}))
  return new Refusal(res.status, problem.detail || problem.title || unsaid(res.status), problem.reasons ?? [], problem.current_version)
}

const unreachable = '连不上系统，可能正在重启，或网络不通。已填的内容都还在，连上以后请再试一次。'

// patience is how long a request waits for a server that does not answer; a reader may wait longer than somebody who
// pressed a button.
const patience = { read: 120_000, write: 30_000 }

// send makes one request. Whatever may be sent again is, until the server answers: readings, and writes that have a key,
// for the server acts once per key, so that a retried request never acts twice.
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
  const ends = Date.now() + (method === 'GET' ? patience.read : patience.write)
  for (let tries = 1; ; tries++) {
    const res = await once().catch((e) => { if (o.signal?.aborted) throw e })
    if (res && !fromProxy(res.status, res.headers.get('content-type'))) return res
    if (method !== 'GET' && !o.key) {
      void untilBack() // says so, and says when it is over
      throw new Refusal(0, unreachable)
    }
    if (tries === 1) await pause(600) // most often only one answer was lost on the way
    else if (tries > 6 || !await backWithin(ends - Date.now(), o.signal)) throw new Refusal(0, unreachable)
    o.signal?.throwIfAborted()
  }
}

async function answered(method: string, path: string, o: Options = {}): Promise<Response> {
  const res = await send(method, path, o)
  if (res.ok) return res
  if (res.status === 401 && path !== '/session') onLoggedOut()
  throw await refusalOf(res)
}

// fileAt fetches what is to be kept as a file.
export async function fileAt(path: string, query: Record<string, unknown>, signal?: AbortSignal): Promise<Blob> {
  return (await answered('GET', path, { query, signal })).blob()
}

async function call<T>(method: string, path: string, o: Options = {}): Promise<T> {
  const res = await answered(method, path, o)
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

const MB = 1 << 20
const tooBig = (most: number) => `文件超过 ${most} MB，没有上传，请压缩或分开上传。`

// What the server takes at most, in MB: an attachment, a draft from Word, a table of people. A test on its side holds them
// together with its own.
export const largest = 100
export const largestDraft = 20
export const largestTable = 10

type Sending = { progress?: (part: number) => void; signal?: AbortSignal; most?: number }

// upload sends one file and tells how far it is. One that the server would not take is not sent at all: nobody waits for
// the end of it, and a proxy cannot cut it off without a word.
export async function upload<T>(path: string, file: File, o: Sending = {}): Promise<T> {
  const most = o.most ?? largest
  if (file.size > most * MB) throw new Refusal(413, tooBig(most))
  const key = newKey()
  try {
    return await sendFile<T>(path, file, key, o)
  } catch (e) {
    if (!(e instanceof Refusal) || e.status !== 0 || !await backWithin(patience.read, o.signal)) throw e
    return sendFile<T>(path, file, key, o)
  }
}

// XMLHttpRequest because fetch cannot tell how far it is.
function sendFile<T>(path: string, file: File, key: string, o: Sending): Promise<T> {
  return new Promise((resolve, reject) => {
    if (o.signal?.aborted) return reject(new DOMException('aborted', 'AbortError'))
    const x = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file)
    x.open('POST', address(path))
    x.setRequestHeader('Idempotency-Key', key)
    x.upload.onprogress = (e) => e.lengthComputable && o.progress?.(e.loaded / e.total)
    x.onload = () => {
      const answer = safeJSON(x.responseText)
      if (x.status >= 200 && x.status < 300) return resolve(answer as T)
      if (fromProxy(x.status, x.getResponseHeader('content-type'))) return reject(new Refusal(0, unreachable))
      if (x.status === 401) onLoggedOut()
      reject(new Refusal(x.status, answer?.detail ?? unsent(x.status, file, o.most ?? largest), answer?.reasons ?? []))
    }
    x.onerror = () => reject(new Refusal(0, unreachable))
    x.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    const stop = () => x.abort()
    o.signal?.addEventListener('abort', stop)
    x.onloadend = () => o.signal?.removeEventListener('abort', stop)
    x.send(form)
  })
}

// unsent is what to say of a file when a proxy answered in the server's stead.
function unsent(status: number, file: File, most: number): string {
  if (status !== 413) return '附件没有传上去，请再试一次。'
  const size = Math.max(1, Math.ceil(file.size / MB))
  return `文件有 ${size} MB，本系统最大收 ${most} MB，但前面的反向代理不让它通过，没有上传；请告诉系统管理员（client_max_body_size），或压缩、分开上传。`
}

function safeJSON(text: string) {
  try { return JSON.parse(text) } catch { return undefined }
}
