import type { DatedFields } from '../dated/datedFields.ts'
import { isDay } from '../viewpoint.ts'

/** From one moment to another, in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** When something was, as finely as it is known: a bound that is null is open. One of them is known. */
export interface UncertainSpan {
  readonly from: number | null
  readonly to: number | null
  /** It is known to the day. */
  readonly isExact: boolean
}

export const DAY_MS = 86_400_000

/** The span within which it was; null: nothing is known of its date. */
export function spanOf(when: DatedFields['when']): UncertainSpan | null {
  if (when === null || when.precision === 'UNKNOWN') return null
  const [from, to] = [when.earliest, when.latest].map((bound) => (bound === null ? null : Date.parse(bound)))
  if (from == null && to == null) return null
  return { from: from ?? null, to: to ?? null, isExact: when.precision === 'DAY' || when.precision === 'TIME' }
}

/** From the earliest to the latest bound that is known; undefined: there is none. */
export function boundsOf(spans: readonly UncertainSpan[]): Span | undefined {
  const bounds = spans.flatMap(({ from, to }) => [from, to].filter((bound) => bound !== null))
  if (bounds.length === 0) return undefined
  return {
    from: bounds.reduce((least, bound) => Math.min(least, bound)),
    to: bounds.reduce((greatest, bound) => Math.max(greatest, bound)),
  }
}

/** The last so many days. */
export function lastOf({ from, to }: Span, days: number): Span {
  return { from: Math.max(from, to - days * DAY_MS), to }
}

/** The span with some room on both sides. */
export function roomy({ from, to }: Span): Span {
  const room = Math.max(3 * DAY_MS, (to - from) / 50)
  return { from: from - room, to: to + room }
}

/** As much of a span as lies within the whole; what lies outside is moved in. */
export function within(whole: Span, { from, to }: Span): Span {
  const length = Math.min(to - from, whole.to - whole.from)
  const begin = Math.min(Math.max(from, whole.from), whole.to - length)
  return { from: begin, to: begin + length }
}

/** The days of a span, as addresses hold them. */
export function daysOf({ from, to }: Span): { from: string; to: string } {
  const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10)
  return { from: dayOf(from), to: dayOf(to) }
}

/** The span of two days of an address; undefined: they are none, or no day lies between them. */
export function spanOfDays(from: string | undefined, to: string | undefined): Span | undefined {
  if (from === undefined || to === undefined || !isDay(from) || !isDay(to)) return undefined
  const span = { from: Date.parse(from), to: Date.parse(to) }
  return span.to > span.from ? span : undefined
}
