import type { Task } from '@/lib/types'

// The figures of one year, as the server counts them: late is finished after the limit, overdue is open past it; rate is
// null when nothing was finished.
export type Figures = { received: number; closed: number; on_time: number; late: number; open: number; overdue: number; rate: number | null; average_hours: number }
// FigureLine 一行: key is the kind, the unit's or person's id, or the month.
export type FigureLine = Figures & { key: string; name: string; note?: string }
export type DocumentMonth = { month: number; received: number; issued: number }
export type Statistics = {
  total: Figures; months: FigureLine[]; last_year: FigureLine[]; documents: DocumentMonth[] | null; last_documents: DocumentMonth[] | null
  by_unit: FigureLine[]; by_person: FigureLine[]; by_kind: FigureLine[]
}
export type What = 'received' | 'closed' | 'on_time' | 'late' | 'open' | 'overdue'
export type FigureRow = Task & { unit: string; days_late: number }
// Tally 分项统计 of one kind: a line for each value of what it is counted by, a cell for each column.
export type Tally = { name: string; clause: string; measure: string; across: string[]; lines: { name: string; cells: number[]; total: number }[] }
// Rate 比率: a share of each line that should reach the target or not pass the most; the last line is all together.
export type RateTable = { name: string; clause: string; target: number; most: number | null; lines: { name: string; whole: number; part: number; percent: number; missed: boolean }[] }
export type Tallies = { name: string; year: number; items: Tally[]; rates: RateTable[] }
