import type { Outcome } from './batch.ts'
import type { Source } from './reader.ts'
import type { Problem } from './refusal.ts'

/** What became of many documents. */
export interface Summary {
  documents: number
  unchanged: number
  refused: number
  /** Dispatches that are held now until their embargo ends. */
  held: number
  /** Developments that the record did not have. */
  created: number
  /** Known developments that gained evidence, each counted once. */
  readonly addedTo: Set<string>
  /** Retracted developments that gained evidence, which stays withheld. */
  readonly withheld: Set<string>
  /** The last thing that an export said of itself, where it did not say that it is complete. */
  brokenOff?: { readonly after?: string | undefined } | undefined
}

export function emptySummary(): Summary {
  return { documents: 0, unchanged: 0, refused: 0, held: 0, created: 0, addedTo: new Set(), withheld: new Set() }
}

export function count(summary: Summary, outcome: Outcome): void {
  if ('mark' in outcome) {
    summary.brokenOff = outcome.mark.complete ? undefined : outcome.mark
    return
  }
  summary.documents++
  if ('problems' in outcome) summary.refused++
  else if ('process' in outcome) summary.unchanged += outcome.process.isNew ? 0 : 1
  else if ('desk' in outcome) summary.unchanged += outcome.desk.isNew ? 0 : 1
  else {
    const { created, amended, withheld, unchanged, heldUntil } = outcome.accepted
    if (unchanged) summary.unchanged++
    else if (heldUntil !== undefined) summary.held++
    summary.created += created.length
    for (const ref of amended) summary.addedTo.add(ref)
    for (const ref of withheld) summary.withheld.add(ref)
  }
}

/** The summary in sentences for whoever started the work. */
export function summaryLines(summary: Summary): string[] {
  const { documents, unchanged, refused, held, created, addedTo, withheld, brokenOff } = summary
  const accepted = documents - unchanged - refused - held
  const ofEach = [`${accepted} accepted`, ...(held > 0 ? [`${held} held`] : []), `${unchanged} unchanged`]
  const lines = [
    `${number(documents, 'document')}: ${ofEach.join(', ')}, ${refused} refused`,
    `${number(created, 'development')} created, ${addedTo.size} added to`,
  ]
  if (withheld.size > 0)
    lines.push(`${number(withheld.size, 'retracted development')} stay withheld; the evidence is kept`)
  if (held > 0) lines.push(`${number(held, 'dispatch', 'dispatches')} held outside the record until the embargo ends`)
  if (brokenOff !== undefined) {
    const again = brokenOff.after === undefined ? 'again' : `again with &after=${brokenOff.after}`
    lines.push(`The export ends before its end: ask for the rest at the same address ${again}`)
  }
  return lines
}

/** `seed/talks.ndjson:3 developments[0].ref: must be …, got "A"` */
export function refusalLine({ file, line }: Source, { path, rule, value }: Problem): string {
  const place = [line === undefined ? file : `${file}:${line}`, path].filter(Boolean).join(' ')
  return `${place}: ${rule}${value === undefined ? '' : `, got ${value}`}`
}

function number(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`
}
