/** A date as the record holds it: `When` of the schema. */
export interface WhenFields {
  readonly earliest: string | null
  readonly latest: string | null
  readonly precision: string
  readonly basis: string
  readonly asReported: string | null
}

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)
const time = format({ hour: '2-digit', minute: '2-digit' })
const dateAndTime = format({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
// Days are the record's, which counts them in UTC: a day must not become the one before it for who reads in the west.
const day = format({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const month = format({ month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A moment in the reader's zone: the time alone if it is today's. */
export function momentInWords(moment: string | Date, now: Date = new Date()): string {
  const date = new Date(moment)
  return date.toDateString() === now.toDateString() ? time.format(date) : dateAndTime.format(date)
}

/** A day of the record: `2023-12-10`, or a moment of it. */
export function dayInWords(text: string): string {
  return day.format(new Date(text))
}

/** A date no more exactly than it is known. */
export function whenInWords({ earliest, latest, precision }: WhenFields): string {
  const known = earliest ?? latest
  if (known === null || precision === 'UNKNOWN') return 'date unknown'
  if (earliest === null) return `by ${day.format(new Date(known))}`
  if (latest === null) return `since ${day.format(new Date(known))}`
  const date = new Date(earliest)
  switch (precision) {
    case 'TIME':
      return dateAndTime.format(date)
    case 'DAY':
      return day.format(date)
    case 'WEEK':
      return `week of ${day.format(date)}`
    case 'MONTH':
      return month.format(date)
    case 'YEAR':
      return String(date.getUTCFullYear())
    case 'DECADE':
      return `${date.getUTCFullYear()}s`
    default:
      return day.formatRange(date, new Date(latest))
  }
}

/** A date is uncertain if no report states its day. */
export function isUncertain({ precision, basis }: WhenFields): boolean {
  return basis !== 'STATED' || (precision !== 'DAY' && precision !== 'TIME')
}
