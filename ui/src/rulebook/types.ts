// Clause 条款 as it stands today, with who rests on it and the editions this office made of it.
export type Param = { key: string; value: string }
export type Edition = { id: string; edition: number; text: string; params: Param[] | null; since: string; reason: string; at: string; by: string }
export type ClauseLine = { id: string; text: string; params: Param[]; where: string[]; editions: Edition[] }
export type Chapter = { chapter: string; clauses: ClauseLine[] }
