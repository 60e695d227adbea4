import type { Value } from './claim.ts'
import type { Figure } from './figure.ts'
import type { When } from './when.ts'

/** A value as a reader would write it. `name` is that of the actor or place that it names, where known. */
export function valueText(value: Value, name?: string): string {
  if ('figure' in value) return figureText(value.figure)
  if ('when' in value) return whenText(value.when)
  if ('actor' in value) {
    const { id, capacity } = value.actor
    const who = name ?? id
    return capacity === undefined ? who : `${who} (${capacity})`
  }
  if ('place' in value) return name ?? value.place
  if ('status' in value) return value.status
  return 'response' in value ? value.response : value.text
}

// Made once: making one takes longer than a hundred uses.
const numbers = new Intl.NumberFormat('en')
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

const wording: Record<Figure['qualifier'], string> = {
  EXACT: '',
  AT_LEAST: 'at least ',
  MORE_THAN: 'more than ',
  ABOUT: 'about ',
  ALMOST: 'almost ',
  UP_TO: 'up to ',
  MOST_OF: 'most of ',
  ALL: 'all ',
}

function figureText({ low, best, high, qualifier, of, parts, unit }: Figure): string {
  const number = (n: number) => numbers.format(n)
  const base = qualifier === 'MOST_OF' || qualifier === 'ALL' ? of : undefined
  const named = base ?? best ?? undefined
  const size =
    named === undefined
      ? [low, high]
          .filter((n) => n !== null)
          .map(number)
          .join('–')
      : number(named)
  const sum = parts === undefined ? '' : ` (${parts.map((p) => `${number(p.count)} ${p.label}`).join(' + ')})`
  // Units are named in the plural: "days", of which there may be one.
  const counted = unit === undefined ? '' : ` ${size === '1' ? unit.replace(/s$/, '') : unit}`
  return `${wording[qualifier]}${size}${counted}${sum}`
}

function whenText({ earliest, latest, precision }: When): string {
  const day = (instant: string) => days.format(new Date(instant))
  if (earliest === null && latest === null) return 'unknown'
  if (earliest === null) return `by ${day(latest as string)}`
  if (latest === null) return `from ${day(earliest)}`
  switch (precision) {
    case 'TIME':
      return `${earliest.slice(0, 16)}Z`
    case 'DAY':
      return day(earliest)
    case 'MONTH':
      return months.format(new Date(earliest))
    case 'YEAR':
      return earliest.slice(0, 4)
    case 'DECADE':
      return `${earliest.slice(0, 3)}0s`
    case 'WEEK':
    case 'RANGE':
    case 'UNKNOWN':
      return `${day(earliest)} – ${day(latest)}`
    default:
      return precision satisfies never
  }
}
