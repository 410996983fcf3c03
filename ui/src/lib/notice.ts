import type { Notice } from './types'

// The matter a notice speaks of, if it speaks of one: the server writes 0 for none.
export function matterOf(n: Pick<Notice, 'matter_id'>): string {
  return n.matter_id && n.matter_id !== '0' ? n.matter_id : ''
}
