import { inWords } from '../words.ts'
import type { Aspect, RangeFields, Relation } from './disagreementFields.ts'

/** What can be told differently, as a reader would say it. */
export const aspects: Readonly<Record<Aspect, string>> = {
  FIGURE: 'Number',
  WHEN: 'Date',
  DUE: 'Due date',
  HELD_SINCE: 'Held since',
  PLACE: 'Place',
  STATUS: 'Status',
  PARTICIPANT: 'Who takes part',
  OFFICE: 'Office',
  RESPONSE: 'Response',
  REASON: 'Reason',
  CONTENT: 'Content',
  WORDING: 'Wording',
}

/** How versions stand to each other, and what that means. */
export const relations: Readonly<Record<Relation, { readonly name: string; readonly means: string }>> = {
  CONTRADICTS: { name: 'Contradicts', means: 'The versions cannot all be true.' },
  DIFFERS: { name: 'Differs', means: 'One version is coarser or narrower, or they are worded differently.' },
}

/** An aspect and which one of it: FIGURE of `leg/from-azerbaijan` is "Number: leg from azerbaijan". */
export function aspectInWords(aspect: Aspect, key: string): string {
  return [aspects[aspect], inWords(key).replaceAll(/[/-]/g, ' ')].filter(Boolean).join(': ')
}

/** A version's text; a status and a response are codes, and content may be one. */
export function versionInWords(aspect: Aspect, text: string): string {
  const isCode = aspect === 'CONTENT' ? /^[A-Z]+(_[A-Z]+)*$/.test(text) : aspect === 'STATUS' || aspect === 'RESPONSE'
  return isCode ? inWords(text) : text
}

const number = new Intl.NumberFormat('en-GB')

/** The numbers that a wording allows: "32", "60,000–120,000", "25 or more". */
export function rangeInWords({ low, high }: RangeFields): string {
  if (high === null) return `${number.format(low)} or more`
  return low === high ? number.format(low) : `${number.format(low)}–${number.format(high)}`
}
