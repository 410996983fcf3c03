import type { ArchiveLine } from './types'

// missing names the materials still to be collected (ARCH-14).
export function missing(l: ArchiveLine): string[] { return l.materials.filter((m) => !m.present).map((m) => m.name) }

// together tells whether lines stand at the same step, so that one action can be done to all of them.
export function together(lines: ArchiveLine[]): boolean { return new Set(lines.map((l) => l.state)).size <= 1 }
