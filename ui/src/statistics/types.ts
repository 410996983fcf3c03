// The figures of one year, as the server counts them.
export type MonthLine = { month: number; received: number; issued: number; closed: number; on_time: number; late: number }
export type UnitLine = { id?: string; unit: string; open: number; closed: number; late: number; average_hours: number }
export type PersonLine = { id?: string; name: string; unit: string; open: number; overdue: number; closed?: number }
export type Statistics = { months: MonthLine[]; by_unit: UnitLine[]; by_person: PersonLine[]; last_year: MonthLine[] }
