import type { MatterRef } from '@/lib/types'

// ArchiveLine 待归档件 is one item on its way into the archive: the filing matter, what is filed, what is still missing.
export type ArchiveLine = {
  id: string; matter_id: string; source: MatterRef | null
  title: string; number: string; responsible: string; day: string; secrecy: string; pages: number
  year: number; unit: string; term: string; term_name: string
  archive_number: string; box: string; place?: string
  materials: { name: string; present: boolean }[]
  due_on: string | null; state: string; state_name: string; holder: string
}
export type Choice = { value: string; label: string }
export type ArchivePage = { items: ArchiveLine[]; total: number; years: number[]; terms: Choice[]; states: (Choice & { count: number })[] }
