// What the three administrators see and change. Ids are strings; an empty id means none.

export type Unit = { id: string; code: string; name: string; parent: string; tasks: string; head: string; order: number; active: boolean }
export type Post = { id: string; name: string; unit: string; unit_id: string; duties: string[]; led_by: string; may_lead: boolean; people: string[]; order: number; active: boolean }
// Duty 职责 is what a post may do.
export type Duty = { value: string; label: string }
export type DutyList = { posts: Post[]; duties: Duty[] }

export type Person = {
  id: string; username: string; name: string; sex: string; unit: string; unit_id: string; posts: string[]; post_ids: string[]
  phone: string; order: number; leader: boolean; backup: string; active: boolean; locked: boolean; second_step: boolean
}

// SignIn 登录安全 is how people come in; the figures are the rulebook's.
export type SignIn = {
  admins_second_step: boolean; others: number
  admins: { id: string; name: string; posts: string[]; since: string | null }[]
  policy: { tries: number; lock_minutes: number; idle_minutes: number; age_days: number; history: number; length: number }
}

// One line of an imported workbook, tried out or taken in; taken in, it comes with the person's first password.
export type ImportLine = { line: number; name: string; username: string; ok: boolean; errors: string[]; password?: string }
export type ImportAnswer = { rows: ImportLine[]; dry: boolean }

// Division 分工: which leader is in charge of which unit or subject. Editions follow one another, none is rewritten.
export type Division = { leader: string; unit: string; subject: string }
export type DivisionLine = Division & { leader_name: string; unit_name: string; basis: string }
export type Divisions = { edition: number; since: string; items: DivisionLine[] }

export type Day = { day: string; work: boolean; name: string; provisional: boolean }
export type Calendar = { year: number; official: boolean; days: Day[] }
export type Holiday = { name: string; off: string[]; work?: string[] }
// A notice as it was read: what it says, and everything amiss in it.
export type ReadNotice = { year: number; problems: { line: number; text: string }[]; table: { year: number; source: string; holidays: Holiday[] | null }; stored: boolean }

export type LogLine = { seq: number; at: string; topic: string; actor: string; action: string; from?: string; detail: Record<string, unknown> | null }
export type LogPage = { items: LogLine[]; total: number }
export type Verdict = { ok: boolean; entries: number; first_bad: string | null }

// Backup 备份: one line of the book of backups.
export type Backup = {
  id: string; file: string; folder: string; base: string; nightly: boolean; by: string; state: 'running' | 'good' | 'failed'; fault: string
  begun: string; ended: string | null; removed: string | null; stage: string; done: number; whole: number
  size: number; files: number; rows: number; entries: number
}
export type BackupSetting = { on: boolean; at: string; folder: string; keep: number }
export type Backups = { setting: BackupSetting; usual: string; good: Backup | null; warning: string; items: Backup[] }
