import { reactive } from 'vue'
import type { FileRef } from './types'

// Names of files seen on this visit, so that a form which holds only their ids can show them.
const seen = reactive(new Map<string, FileRef>())

export function rememberFile(f: FileRef) { seen.set(f.id, f) }
export function knownFile(id: string): FileRef { return seen.get(id) ?? { id, name: '附件', size: 0, mime: '' } }

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
