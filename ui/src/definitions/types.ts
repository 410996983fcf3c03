import type { Procedure } from '@/lib/types'

// Definition 定义 is the text from which a kind of matter is handled: the system's, or this office's own.
export type DefinitionLine = { kind: string; name: string; group: string; version: string; own: boolean }
export type Word = { word: string; of: string }
export type Definitions = { items: DefinitionLine[]; words: Word[]; draft: string }
export type Fault = { file: string; line: number; text: string }

// What a definition that holds together would put on paper.
export type ColumnOutline = { name: string; value: string; width: number }
export type SheetCell = { label: string; value: string; opinions: string[]; columns: string[]; span: number }
export type SheetOutline = { key: string; name: string; rows: { height: number; cells: SheetCell[] }[] }
export type Checked = { faults: Fault[]; procedure: Procedure | null; columns?: ColumnOutline[]; sheets?: SheetOutline[] }
