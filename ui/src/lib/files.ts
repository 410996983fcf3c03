import { reactive } from 'vue'
import { address } from './http'
import type { FileRef } from './types'

// Names of files seen on this visit, so that a form which holds only their ids can show them. A file not seen
// yet (a draft brought back) is asked for its name.
const seen = reactive(new Map<string, FileRef>())

export function rememberFile(f: FileRef) { seen.set(f.id, f) }

export function knownFile(id: string): FileRef {
  const known = seen.get(id)
  if (known) return known
  const blank = { id, name: '附件', size: 0, mime: '' }
  queueMicrotask(() => { if (!seen.has(id)) { seen.set(id, blank); void ask(id) } })
  return blank
}

async function ask(id: string) {
  const res = await fetch(address(`/files/${id}`), { method: 'HEAD' }).catch(() => null)
  if (!res?.ok) return
  const said = res.headers.get('content-disposition') ?? ''
  const name = said.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  rememberFile({
    id, name: name ? decodeURIComponent(name) : '附件', size: Number(res.headers.get('content-length') ?? 0),
    mime: (res.headers.get('content-type') ?? '').split(';')[0]!,
  })
}

// watermarkable tells whether the server can put a watermark on the file; of a work secret it gives out no other (SEC-38).
export function watermarkable(f: FileRef): boolean {
  return f.mime === 'application/pdf' || f.mime === 'image/jpeg' || f.mime === 'image/png'
}

// viewable tells whether the browser itself can show the file.
export function viewable(f: FileRef): boolean {
  return f.mime === 'application/pdf' || f.mime.startsWith('image/') || f.mime === 'text/plain'
}
