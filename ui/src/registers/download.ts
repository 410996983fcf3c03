import { fileAt } from '@/lib/http'

// saveFile fetches what the server makes and hands it to the browser to keep. Fetched, not linked to, so that a
// refusal is read as a sentence and not found later in the downloads folder.
export async function saveFile(path: string, query: Record<string, unknown>, name: string, signal?: AbortSignal) {
  const url = URL.createObjectURL(await fileAt(path, query, signal))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
