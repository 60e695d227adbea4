import type { Journal } from './journal.ts'
import type { Judgement } from './judge.ts'
import type { Ledger } from './ledger.ts'
import type { Recorded } from './recorded.ts'
import type { Trouble } from './trouble.ts'

/** What one follower came to. */
export interface Followed extends Judgement, Pick<Journal, 'way' | 'filter' | 'from' | 'upTo' | 'gaps' | 'returns'> {
  /** It stayed to the end. */
  readonly isStanding: boolean
}

/** All that a soak has found out. */
export interface Evidence {
  readonly ledger: Pick<Ledger, 'written' | 'wrong'>
  /** Where the record stood before. */
  readonly base: number
  readonly recorded: Recorded
  /** Positions that the log does not have. */
  readonly holes: readonly number[]
  readonly followed: readonly Followed[]
  readonly troubles: readonly Trouble[]
  /** What did not come about in time, a sentence each. */
  readonly overdue: readonly string[]
}

/** What is wrong, a sentence each; nothing: everything is in the record once, and everybody got everything once. */
export function findings(evidence: Evidence): string[] {
  const { ledger, holes, followed, troubles, overdue } = evidence
  return [
    ...overdue,
    ...ledger.wrong,
    ...(holes.length > 0 ? [`The record has no positions ${some(holes)}.`] : []),
    ...wrongInRecord(evidence),
    ...followed.flatMap(wrongWithFollower),
    ...troubles
      .filter(({ unexplained }) => unexplained > 0)
      .map(({ who, what, unexplained }) => `${who}: ${what}, ${unexplained} times while no fault explains it.`),
  ]
}

function wrongInRecord({ ledger, base, recorded }: Evidence): string[] {
  const wrong: string[] = []
  let told = 0
  const dispatches = new Map(recorded.dispatches)
  const desk = new Map(recorded.desk)
  const created = new Set<string>()
  for (const { id, by, revisions, created: refs } of ledger.written) {
    const found = by === 'dispatch' ? dispatches.get(id) : desk.get(id)?.revisions
    const actions = by === 'desk' ? (desk.get(id)?.actions ?? 0) : 1
    const name = `The ${by === 'dispatch' ? 'dispatch' : 'desk action'} ${id}`
    if (found === undefined) wrong.push(`${name} was accepted and is not in the record, or it was counted twice.`)
    else if (revisions !== null && found !== revisions)
      wrong.push(`${name} was said to write ${revisions} revisions, and the record has ${found} of it.`)
    if (actions > 1) wrong.push(`${name} is in the record ${actions} times.`)
    told += found ?? 0
    for (const ref of refs) {
      if (created.has(ref)) wrong.push(`The development ${ref} was said to be new twice.`)
      created.add(ref)
      const times = recorded.created.get(ref) ?? 0
      if (times !== 1) wrong.push(`The development ${ref} was created ${times} times.`)
    }
    ;(by === 'dispatch' ? dispatches : desk).delete(id)
  }
  for (const id of dispatches.keys()) wrong.push(`The dispatch ${id} is in the record, and nobody heard that it is.`)
  for (const id of desk.keys()) wrong.push(`The desk action ${id} is in the record, and nobody heard that it is.`)
  if (recorded.revisions !== told)
    wrong.push(`The record has ${recorded.revisions} new revisions, ${told} of them of what was sent.`)
  if (recorded.head !== base + recorded.revisions)
    wrong.push(`The head is ${recorded.head}, not ${base + recorded.revisions}.`)
  return wrong
}

function wrongWithFollower(follower: Followed): string[] {
  const { way, filter, from, upTo, gaps, lost, doubled, disordered, foreign } = follower
  const name = `The follower by ${way} of ${filter}, ${from ?? 'nowhere'} to ${upTo},`
  const kinds = { lost, 'got twice': doubled, 'got out of order': disordered, 'was wrongly sent': foreign }
  return [
    ...Object.entries(kinds)
      .filter(([, positions]) => positions.length > 0)
      .map(([kind, positions]) => `${name} ${kind} ${some(positions)}.`),
    ...(gaps > 0 ? [`${name} was told of ${gaps} gaps by previousPosition.`] : []),
    ...(from === null && follower.isStanding ? [`${name} was never told where it begins.`] : []),
  ]
}

const SHOWN = 5

function some(positions: readonly number[]): string {
  const rest = positions.length - SHOWN
  return positions.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
