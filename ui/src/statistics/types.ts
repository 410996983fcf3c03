// The figures of one year, as the server counts them.
export type MonthLine = { month: number; received: number; issued: number; closed: number; on_time: number; late: number }
export type UnitLine = { id?: string; unit: string; open: number; closed: number; late: number; average_hours: number }
export type PersonLine = { id?: string; name: string; unit: string; open: number; overdue: number; closed?: number }
// KindLine 各类事项: late is finished after its limit, overdue is open after it; rate is null when nothing was finished.
export type KindLine = { kind: string; name: string; register: string; received: number; closed: number; on_time: number; late: number; open: number; overdue: number; rate: number | null; average_hours: number }
export type Statistics = { months: MonthLine[]; by_unit: UnitLine[]; by_person: PersonLine[]; by_kind: KindLine[]; last_year: MonthLine[] }
