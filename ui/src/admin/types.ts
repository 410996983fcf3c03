// What the three administrators see and change. Ids are strings; an empty id means none.

export type Unit = { id: string; code: string; name: string; parent: string; tasks: string; head: string; order: number; active: boolean }
export type Post = { id: string; name: string; unit: string; duties: string[]; order: number; active: boolean; holders: { id: string; name: string }[] }
// Duty 职责 is what a post may do; the list of all comes with the posts.
export type Duty = { key: string; name: string }
export type PostList = { items: Post[]; duties: Duty[] }

export type Person = {
  id: string; username: string; name: string; sex: string; unit: string; posts: string[]; phone: string; order: number
  leader: boolean; backup: string; active: boolean
  locked_until: string | null; must_change: boolean; last_at: string | null
}

// One line of an imported workbook, tried out or taken in.
export type ImportLine = { line: number; name?: string; unit?: string; ok: boolean; errors: string[] }
export type ImportAnswer = { rows: ImportLine[]; added?: number }

// Division 分工: which leader is in charge of which unit or subject. Editions follow one another, none is rewritten.
export type Division = { leader: string; unit: string; subject: string }
export type Edition = { edition: number; since: string; basis: string }
export type Divisions = Edition & { items: Division[]; editions: Edition[] }

export type Day = { day: string; work: boolean; holiday: string; adjusted: boolean; provisional: boolean }
export type Calendar = { year: number; source: string; provisional: boolean; workdays: number; years: number[]; days: Day[] }
export type Holiday = { name: string; off: string[]; work: string[] }
// A notice as it was read: what it says, and everything amiss in it.
export type ReadNotice = { year: number; source: string; holidays: Holiday[]; usable: boolean; problems: { line: number; text: string; warning: boolean }[] }

export type LogLine = { seq: number; at: string; actor: string; post?: string; topic: string; text: string; from?: string; result?: string }
export type LogPage = { items: LogLine[]; total: number; page: number; size: number }
export type Verdict = { ok: boolean; entries: number; first_bad: number | null }
