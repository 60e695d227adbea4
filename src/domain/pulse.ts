import type { Status } from './status.ts'

/** The statuses of an exchange that was agreed and of which something is still to be carried out. */
export const pendingExchange: readonly Status[] = ['AGREED', 'SCHEDULED', 'PARTLY_CARRIED_OUT']

const DAY_MS = 86_400_000

/** The beginning of a moment's day, UTC. */
export function dayOf(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS)
}

/** How many days of the calendar lie between a moment and a day; 0: none, or the moment lies after it. */
export function daysSince(moment: Date, day: Date): number {
  return Math.max(0, (day.getTime() - dayOf(moment).getTime()) / DAY_MS)
}
