import { fileAt } from './http'

// keep hands something to the browser to be kept as a file.
export function keep(what: Blob, name: string) {
  const url = URL.createObjectURL(what)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

// saveFile keeps what the server makes. It is fetched, not linked to, so that a refusal is read as a sentence and not
// found later in the downloads folder.
export async function saveFile(path: string, query: Record<string, unknown>, name: string, signal?: AbortSignal) {
  keep(await fileAt(path, query, signal), name)
}
