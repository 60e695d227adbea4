import { identity, type Relation, type Value } from './claim.ts'
import { range } from './figure.ts'
import type { Kind } from './kind.ts'
import { responseSteps } from './response.ts'
import { leadsTo } from './status.ts'
import { span } from './when.ts'

/** What comparing needs to know beyond the two values. */
export interface Comparison {
  readonly kind: Kind
  /** The places that enclose a place, from the nearest outwards. */
  readonly enclosing: (place: string) => readonly string[]
}

/** Whether `inner` says the same as `outer`, only more exactly: 5 October within October, Aliyev for Azerbaijan. */
export function refines(inner: Value, outer: Value, { enclosing }: Comparison): boolean {
  if (identity(inner) === identity(outer)) return false
  if ('figure' in inner && 'figure' in outer) return narrows(range(inner.figure), range(outer.figure))
  if ('when' in inner && 'when' in outer) return narrows(span(inner.when), span(outer.when))
  if ('actor' in inner && 'actor' in outer) {
    const { id, onBehalfOf, anonymous = false } = outer.actor
    // "Someone of the ministry" says more than "the ministry", never the other way round.
    return onBehalfOf === undefined && (inner.actor.onBehalfOf === id || (inner.actor.id === id && !anonymous))
  }
  if ('place' in inner && 'place' in outer) return enclosing(inner.place).includes(outer.place)
  return false
}

/**
 * How two values of one aspect and key stand to each other; undefined: they do not disagree. That an exchange was agreed
 * and that it was carried out are two steps of one way, told at different times.
 *
 * | values | CONTRADICTS | DIFFERS |
 * |---|---|---|
 * | figures | no number fits both | some number fits both |
 * | dates | no moment fits both | some moment fits both |
 * | places | neither encloses the other | one encloses the other |
 * | statuses, responses | neither leads to the other, or both do | – |
 * | actors | neither acts for the other | one acts for the other |
 * | texts | – | always: only an editor can say that two texts exclude each other |
 */
export function compare(a: Value, b: Value, comparison: Comparison): Relation | undefined {
  if (identity(a) === identity(b)) return undefined
  if ('figure' in a && 'figure' in b) return meet(range(a.figure), range(b.figure)) ? 'DIFFERS' : 'CONTRADICTS'
  if ('when' in a && 'when' in b) return meet(span(a.when), span(b.when)) ? 'DIFFERS' : 'CONTRADICTS'
  if ('status' in a && 'status' in b) {
    return oneWay((from, to) => leadsTo(comparison.kind, from, to), a.status, b.status) ? undefined : 'CONTRADICTS'
  }
  if ('response' in a && 'response' in b) {
    return oneWay((from, to) => responseSteps[from].includes(to), a.response, b.response) ? undefined : 'CONTRADICTS'
  }
  if ('text' in a && 'text' in b) return 'DIFFERS'
  return refines(a, b, comparison) || refines(b, a, comparison) ? 'DIFFERS' : 'CONTRADICTS'
}

function oneWay<Step>(leads: (from: Step, to: Step) => boolean, a: Step, b: Step): boolean {
  return leads(a, b) !== leads(b, a)
}

type Bounds = readonly [number, number]

/** Strictly: two wordings of the same bounds are equally exact. */
function narrows([innerFrom, innerTo]: Bounds, [from, to]: Bounds): boolean {
  return from <= innerFrom && innerTo <= to && (from < innerFrom || innerTo < to)
}

function meet([aFrom, aTo]: Bounds, [bFrom, bTo]: Bounds): boolean {
  return aFrom <= bTo && bFrom <= aTo
}
