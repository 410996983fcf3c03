import type { Field } from '@/lib/types'

// A table of answers 答复: the system lays down what it found (finding, message), people only write their reason.
const laidDown = new Set(['finding', 'message'])

export const isAnswers = (columns: Field[] | undefined) => !!columns && [...laidDown].every((k) => columns.some((c) => c.key === k))
export const toWrite = (columns: Field[]) => columns.filter((c) => !laidDown.has(c.key))
