import type { Dice } from './dice.ts'

const DAY = 86_400_000

/** A day as text, so many days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

export const onDay = (day: string) => ({ earliest: day, latest: day, precision: 'DAY' })

/** The time of something as a report may tell it: mostly to the day, and seldom not at all. */
export function told(day: string, dice: Dice): object | undefined {
  const reason = 'The report counts from its own day.'
  const precision = dice.weigh([
    ['DAY', 70],
    ['WEEK', 8],
    ['MONTH', 10],
    ['RANGE', 6],
    ['UNKNOWN', 6],
  ] as const)
  switch (precision) {
    case 'DAY':
      return onDay(day)
    case 'WEEK': {
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
      const monday = dayAfter(day, -weekday)
      return {
        earliest: monday,
        latest: dayAfter(monday, 6),
        precision,
        basis: 'INFERRED',
        asReported: 'that week',
        reason,
      }
    }
    case 'MONTH': {
      const first = `${day.slice(0, 7)}-01`
      const last = dayAfter(`${dayAfter(first, 31).slice(0, 7)}-01`, -1)
      return { earliest: first, latest: last, precision, asReported: 'in the course of the month' }
    }
    case 'RANGE':
      return { earliest: dayAfter(day, -2), latest: dayAfter(day, 1), precision, basis: 'INFERRED', reason }
    case 'UNKNOWN':
      return undefined
  }
}
