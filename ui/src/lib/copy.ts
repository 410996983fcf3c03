import { say } from '@/ui/toast'

// copy puts a text into the clipboard and says so. A page that came over plain http has no clipboard of the newer kind, as
// in most offices' own networks: there the browser copies what is marked.
export async function copy(text: string, done = '已复制', otherwise = '没有复制成，请手工抄下') {
  const took = navigator.clipboard ? await navigator.clipboard.writeText(text).then(() => true, () => marked(text)) : marked(text)
  say(took ? done : otherwise)
}

function marked(text: string): boolean {
  const before = document.activeElement as HTMLElement | null
  const box = document.createElement('textarea')
  box.value = text
  box.readOnly = true
  box.style.cssText = 'position: fixed; opacity: 0'
  const within = before?.closest('dialog') ?? document.body // outside an open dialog nothing can be marked
  within.append(box)
  box.select()
  const took = document.execCommand('copy')
  box.remove()
  before?.focus()
  return took
}
