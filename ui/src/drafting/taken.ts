import type { Field, Finding, Values } from '@/lib/types'

// Taken 来稿 is what the server read out of a draft written elsewhere.
export type Taken = { fields: Record<string, string>; findings: Finding[] }

export type Sorted = { free: Values; written: { field: Field; value: string; now: string; new: string }[] }

const shown = (f: Field, v: unknown) => f.options?.find((o) => o.value === v)?.label ?? String(v ?? '')

// sort parts what can be filled in at once from what would replace something written: a field that is empty or still
// holds what the form came with is free. What the form has no place or no option for is left alone.
export function sort(taken: Taken, fields: Field[], values: Values): Sorted {
  const out: Sorted = { free: {}, written: [] }
  for (const field of fields) {
    const text = taken.fields[field.key]
    const now = values[field.key]
    const choice = field.type === 'choice' && !field.also_any
    if (text === undefined || text === now || (choice && !field.options?.some((o) => o.value === text))) continue
    if (now === undefined || now === null || now === '' || now === field.default) out.free[field.key] = text
    else out.written.push({ field, value: text, now: shown(field, now), new: shown(field, text) })
  }
  return out
}
