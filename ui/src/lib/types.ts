// The answers of the server, as its contract says. Times are RFC 3339, days are "2026-11-18".

export type Ref = { id: string; name: string }
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Values = Record<string, unknown>

// Me 我 is the person at this screen with what the shell needs to draw itself.
export type Me = {
  id: string; username: string; name: string
  agency: Ref; unit: Ref; posts: string[]; duties: string[]
  // What must be done before anything else: a new password (SEC-33), the second step where the office asks for it.
  must_change_password: boolean; must_enrol: boolean
  means: 'password' | 'ldap' | 'oidc'; password_until: string | null
  last_login: { at: string; from: string; failures_since: number } | null
  away: { from: string; until: string; stand_in: Ref | null } | null
  standing_in_for: Ref[]
  sample: boolean; now: string; idle_minutes: number
  // What one may begin, and of it what one begins as a rule.
  start_kinds: string[]; usual_kinds: string[]; registers: string[]; leads: boolean; admin: ('system' | 'security' | 'audit')[]
}

export type SampleAccount = { username: string; name: string; unit: string; posts: string[]; hint: string }

// Reason 不可办的缘由 says in the office's words what stands in the way, and which clause says so.
export type Reason = { text: string; clause?: string; field?: string; cells?: Cell[] }
// Cell 格 is where in a table it is refused: the line, counted from nought, and the column; without a column, the whole line.
export type Cell = { row: number; column?: string }

export type FieldType =
  | 'text' | 'longtext' | 'body' | 'number' | 'decimal' | 'money' | 'date' | 'datetime' | 'choice' | 'choices' | 'flag'
  | 'person' | 'people' | 'unit' | 'units' | 'issuer' | 'issuers' | 'file' | 'files' | 'matter' | 'table'

// Field 栏目 is one thing to fill in; the server says which fields a form has.
export type Field = {
  key: string; name: string; type: FieldType; required?: boolean
  options?: { value: string; label: string }[] | null
  hint?: string; default?: unknown; value?: unknown; clause?: string; group?: string; unit?: string; wide?: boolean
  columns?: Field[]
  // show says when the field is worth showing, in the words of the definition.
  show?: string
  leaders?: boolean; also_any?: boolean; of?: string; max?: number
  fixed?: boolean // a column the system writes
}

export type UrgencyState = 'overdue' | 'today' | 'soon' | 'plain'

export type Task = {
  id: string; role: 'handle' | 'read'; step: string; step_name: string; action_hint: string
  arrived_at: string; due_at: string | null; done_at: string | null; provisional: boolean; urgency_state: UrgencyState
  for: Ref | null; urged: number; opened: boolean
  // Of what is to be read: the action that says so without anything entered.
  reads_with?: string
  matter: {
    id: string; kind: string; kind_name: string; number: string; title: string; urgency: string; secrecy: string; work_secret: boolean
    state: string; state_name: string; step_name: string; from: string; starter: string; version: number
  }
  holders?: { name: string; unit: string; since: string }[]
}
export type TaskCounts = { todo: number; overdue: number; today: number; reading: number; waiting: number }
export type TaskPage = { items: Task[]; total: number; more?: boolean; counts: TaskCounts }

export type Notice = { id: string; at: string; text: string; clause?: string; matter_id?: string; read: boolean }
export type OfficeLine = { id: string; name: string; unit: string; open: number; overdue: number; soon: number }
export type QuotaLine = { issuer: string; year: number; limit: number; used: number; left: number; last_year: number }
export type Call = { id: string; name: string; phone: string }
export type Shift = { day: string; shift: string; officer: Call | null; leader: Call | null }
// What the reader's own day holds; from and until are null where only the day is known.
export type TodayLine = { matter_id: string; kind_name: string; title: string; from: string | null; until: string | null; where: string }
export type Workbench = {
  counts: TaskCounts; todo: Task[]; waiting: Task[]; reading: Task[]; notices: Notice[]
  office?: { by_person: OfficeLine[] } | null; quota?: QuotaLine[] | null; on_duty: Shift[]; today: TodayLine[]
}

export type ProcedureLine = {
  kind: string; name: string; group: string; summary: string; may_start: boolean; basis: string[]
  // Its entries are things (rooms, vehicles, supplies); the time it books on things; the things whose stock it moves.
  thing: boolean; books: { of: string; thing: string; from: string; until: string }[]; stocks: string[]
}
export type ProcedureStep = {
  key: string; name: string; who: string; limit: string; basis: string[]; external: boolean
  actions: { key: string; name: string; to: string[]; asks: boolean }[]
}
export type Procedure = {
  kind: string; name: string; group: string; version: string; basis: string[]
  fields: Field[]; steps: ProcedureStep[]; start: { step: string; name?: string; action?: string; fields: Field[]; needed_by: string[] }; flow_svg?: string
}

export type FileRef = { id: string; name: string; size: number; mime: string }
export type MatterRef = { id: string; kind_name: string; number: string; title: string; state_name: string; at?: string; work_secret?: boolean }

export type Action = {
  key: string; name: string; style: 'primary' | 'plain' | 'danger'
  allowed: boolean; reasons: Reason[]; fields: Field[]
  opinion: 'none' | 'optional' | 'required'; phrases: string[]; confirm: string
  basis?: string[]
  // mine is false when the refusal is merely that someone else holds the matter.
  mine?: boolean
  // The fields on whose values it hangs which others are required.
  needed_by: string[]
}
export type Holder = {
  id: string; name: string; unit: string; role: string; since: string; due_at: string | null
  for: { name: string } | null; opened: boolean; status: 'current' | 'queued' | 'done'
}
export type CourseEntry = {
  seq: number; at: string; actor: { id: string; name: string; post: string }; for: { name: string } | null
  action: string; action_name: string; from: string; from_name?: string; to: string; to_name: string; opinion: string; given?: string[]
  changes: { key: string; name: string; before: string; after: string }[]; took: string
}
export type DisplayItem = {
  key: string; name: string; type: FieldType; value: unknown; text: string; clause?: string
  corrected?: { before: string; at: string; by: string }[]
  wide?: boolean; columns?: string[]; rows?: string[][]
}
export type Finding = {
  severity: 'error' | 'warn' | 'info'; rule: string; place: string; text: string; basis: string
  fix?: string | null; answer?: string
  // where it stands and what it reads there
  part?: string; index?: number; start?: number; end?: number; found?: string
}

// Matter 事项 is one thing being handled, with all that its page shows.
export type Matter = {
  id: string; kind: string; kind_name: string; group: string; version: number; number: string; title: string
  state: 'open' | 'suspended' | 'closed' | 'void'; state_name: string
  // A closed matter stands at no step.
  step: { key: string; name: string; limit: string; hint?: string; basis: string[] } | null
  holders: Holder[]; due_at: string | null; provisional: boolean; urgency_state: UrgencyState
  urgency: string; secrecy: string; work_secret: boolean; watermark?: string[]; viewings: boolean; custody: string; starter: { id: string; name: string; unit: string }
  created_at: string; closed_at: string | null
  fields: Values; display: { group: string; items: DisplayItem[] }[]
  course: CourseEntry[]; actions: Action[]; links: { relation: string; matter: MatterRef }[]
  files: FileRef[]; readers: { id: string; name: string; by: string; at: string; read_at: string | null }[]
  sheets: { key: string; name: string }[]
  steps: { key: string; name: string; status: 'done' | 'current' | 'ahead' }[]
  basis: { clause: string; text: string }[]; lint?: Finding[]
}

export type Paper = { sheet: string; name: string; width_mm: number; height_mm: number; pages: string[] }
export type Preview = { pages: string[]; findings: Finding[] }
export type Clause = { id: string; module: string; text: string; params: { key: string; value: string }[]; where: string[] }
export type Similar = { matter_id: string; number: string; title: string; at: string; why: string }

export type DirectoryUnit = { id: string; name: string; parent: string; order: number; head: string }
export type DirectoryPerson = {
  id: string; name: string; unit: string; unit_id: string; posts: string[]; phone: string; order: number
  pinyin: string; initials: string; away: { until: string; stand_in: Ref | string } | null; leader: boolean
}
export type Directory = {
  agency: Ref; units: DirectoryUnit[]; people: DirectoryPerson[]; issuers: { id: string; name: string; code: string }[]
}

export type RegisterLine = { kind: string; name: string; group: string; count: number; things: boolean }
