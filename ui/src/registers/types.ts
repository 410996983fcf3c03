// What the server says of a register 登记簿: its columns as on paper and one page of its lines.
export type BookColumn = { key: string; name: string; width: number; align: string; sort?: string }
export type BookLine = { id: string; matter_id: string; void: boolean; overdue?: boolean; work_secret?: boolean; cells: string[] }
export type BookPage = {
  name: string; columns: BookColumn[]; rows: BookLine[]; total: number; page: number; size: number
  years: number[]; units: { id: string; name: string }[]; states: { value: string; label: string }[]
  custodies: { value: string; label: string }[]
}
// A view 常用查法 is a query somebody named; the query is written as in the address of the page.
export type BookView = { id: string; name: string; query: string }
