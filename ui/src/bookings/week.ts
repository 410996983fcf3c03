import { officeNow } from '@/lib/session'

// A week of bookings 预订 as a calendar: seven days from Monday, the hours of a working day, one block a booking and
// day. All in Beijing time.
export type Booking = { thing: string; name: string; matter_id: string; from: string; until: string; by: string }
export type Thing = { id: string; title: string; number: string; note: string }
export type Block = { booking: Booking; top: number; height: number; from: string; until: string }

export const opens = 7
export const closes = 21
const dayMs = 86_400_000
const zone = 8 * 3_600_000

const dayStart = (day: string) => Date.parse(`${day}T00:00:00+08:00`)
export const addDays = (day: string, n: number) => new Date(dayStart(day) + n * dayMs + zone).toISOString().slice(0, 10)
export const mondayOf = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
export const weekFrom = (monday: string) => Array.from({ length: 7 }, (_, i) => addDays(monday, i))
export const clock = (ms: number) => new Date(ms + zone).toISOString().slice(11, 16)

// momentAt writes a time of a day as forms take it.
export function momentAt(day: string, hour: number): string {
  const h = Math.floor(hour), m = Math.round((hour - h) * 60)
  return `${day}T${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}:00+08:00`
}

// onDay are the bookings that touch a day, in order, with the part of it they take.
export function onDay(bookings: Booking[], day: string): Block[] {
  const from = dayStart(day), until = from + dayMs
  const low = from + opens * 3_600_000, span = (closes - opens) * 3_600_000
  return bookings
    .filter((b) => Date.parse(b.from) < until && Date.parse(b.until) > from)
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
    .map((booking) => {
      const start = Math.max(Date.parse(booking.from), from), end = Math.min(Date.parse(booking.until), until)
      const top = clamp((start - low) / span), bottom = clamp((end - low) / span)
      return { booking, top, height: Math.max(bottom - top, 0.03), from: clock(start), until: end === until ? '24:00' : clock(end) }
    })
}
const clamp = (n: number) => Math.min(1, Math.max(0, n))

// freeUntil proposes an hour from the given time, or what is left before the next booking; nothing when it is taken.
export function freeUntil(bookings: Booking[], day: string, hour: number): number | null {
  const at = dayStart(day) + hour * 3_600_000
  let end = at + 3_600_000
  for (const b of bookings) {
    const from = Date.parse(b.from), until = Date.parse(b.until)
    if (from <= at && until > at) return null
    if (from > at && from < end) end = from
  }
  return hour + (end - at) / 3_600_000
}

// firstHour is the first full hour of a day that is still to come and free, from nine on; nothing when the day offers none.
export function firstHour(bookings: Booking[], day: string, now: Date = officeNow()): number | null {
  for (let hour = 9; hour < closes; hour++) {
    if (dayStart(day) + hour * 3_600_000 > now.getTime() && freeUntil(bookings, day, hour) !== null) return hour
  }
  return null
}
