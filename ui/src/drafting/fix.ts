import type { Finding, Values } from '@/lib/types'

// Which field of the drafting form an element of the document is written in.
const fieldOf: Record<string, string> = {
  title: 'title', recipients: 'recipients', body: 'body', note: 'annotation', copiesTo: 'copies_to', attachmentNote: 'attachment_names',
}

export type Spot = { field: string; from: number; to: number }

// spotOf finds where a finding stands in what was typed: the paragraph it names if it reads so, else the only
// other place that does. Nothing certain means no spot, and then nothing is offered to be changed.
export function spotOf(values: Values, f: Finding): Spot | null {
  const field = fieldOf[f.part ?? '']
  const text = field && values[field]
  if (!field || typeof text !== 'string' || !f.found) return null
  const lines = text.split('\n')
  let at = 0
  const spots = lines.map((line) => {
    const start = at
    at += line.length + 1
    return { line, start }
  })
  const paragraphs = spots.filter((s) => s.line.trim())
  const named = field === 'body' || field === 'attachment_names' ? paragraphs[(f.index ?? 0) - 1] : spots[0]
  const holds = paragraphs.filter((s) => s.line.includes(f.found!))
  const there = named?.line.includes(f.found) ? named : holds.length === 1 ? holds[0] : undefined
  if (!there) return null
  const from = there.start + nearest(there.line, f.found, f.start ?? 0)
  return { field, from, to: from + f.found.length }
}

// nearest gives the occurrence closest to where the finding says it starts: leading spaces shift it a little.
function nearest(line: string, found: string, start: number): number {
  let best = line.indexOf(found)
  for (let i = best; i >= 0; i = line.indexOf(found, i + 1)) {
    if (Math.abs(i - start) < Math.abs(best - start)) best = i
  }
  return best
}

export function fixed(values: Values, f: Finding): Values | null {
  const spot = spotOf(values, f)
  if (!spot || f.fix === undefined || f.fix === null) return null
  const text = values[spot.field] as string
  return { ...values, [spot.field]: text.slice(0, spot.from) + f.fix + text.slice(spot.to) }
}
