import type { Kind } from './kind.ts'

/** Every step that a lifecycle can take; which kind takes which is in `lifecycles`. */
export const statuses = [
  'PROPOSED',
  'SCHEDULED',
  'HELD',
  'POSTPONED',
  'CANCELLED',
  'ONGOING',
  'STALLED',
  'CONCLUDED',
  'AGREED',
  'CARRIED_OUT',
  'PARTLY_CARRIED_OUT',
  'FAILED',
  'MADE',
  'FULFILLED',
  'PARTLY_FULFILLED',
  'LAPSED',
  'BROKEN',
  'WITHDRAWN',
  'INITIALLED',
  'SIGNED',
  'IN_FORCE',
  'EXPIRED',
  'ENDED',
] as const
export type Status = (typeof statuses)[number]

type Lifecycle = Partial<Record<Status, readonly Status[]>>

/** From each status, those that may come next. Statements and incidents have no lifecycle. */
export const lifecycles: Record<Kind, Lifecycle> = {
  STATEMENT: {},
  INCIDENT: {},
  TALK: {
    PROPOSED: ['SCHEDULED', 'ONGOING'],
    SCHEDULED: ['HELD', 'POSTPONED', 'CANCELLED', 'ONGOING'],
    POSTPONED: ['SCHEDULED', 'CANCELLED'],
    HELD: [],
    CANCELLED: [],
    ONGOING: ['STALLED', 'CONCLUDED'],
    STALLED: ['ONGOING', 'CONCLUDED'],
    CONCLUDED: [],
  },
  EXCHANGE: {
    PROPOSED: ['AGREED', 'CANCELLED'],
    AGREED: ['SCHEDULED', 'CANCELLED', 'FAILED'],
    SCHEDULED: ['PARTLY_CARRIED_OUT', 'CARRIED_OUT', 'CANCELLED', 'FAILED'],
    PARTLY_CARRIED_OUT: ['CARRIED_OUT', 'FAILED'],
    CARRIED_OUT: [],
    CANCELLED: [],
    FAILED: [],
  },
  PLEDGE: {
    PROPOSED: ['MADE', 'WITHDRAWN'],
    MADE: ['PARTLY_FULFILLED', 'FULFILLED', 'LAPSED', 'BROKEN', 'WITHDRAWN'],
    PARTLY_FULFILLED: ['FULFILLED', 'LAPSED', 'BROKEN', 'WITHDRAWN'],
    FULFILLED: [],
    LAPSED: [],
    BROKEN: [],
    WITHDRAWN: [],
  },
  AGREEMENT: {
    PROPOSED: ['AGREED', 'ENDED'],
    AGREED: ['INITIALLED', 'ENDED'],
    INITIALLED: ['SIGNED', 'ENDED'],
    SIGNED: ['IN_FORCE', 'ENDED'],
    IN_FORCE: ['EXPIRED', 'ENDED'],
    EXPIRED: [],
    ENDED: [],
  },
}

/** The statuses that a kind can have, in the order of its lifecycle. */
export function statusesOf(kind: Kind): Status[] {
  return Object.keys(lifecycles[kind]) as Status[]
}

/** Why a kind cannot have a status, in words that complete "must …"; undefined when it can. */
export function statusProblem(kind: Kind, status: Status): string | undefined {
  if (status in lifecycles[kind]) return undefined
  const allowed = statusesOf(kind)
  return allowed.length === 0 ? `be left out: ${kind} has no lifecycle` : `be one of ${allowed.join(', ')}`
}

/** Whether `to` can be reached from `from`; steps may be skipped, since reports do not tell each one. */
export function leadsTo(kind: Kind, from: Status, to: Status): boolean {
  const seen = new Set<Status>([from])
  const open: Status[] = [from]
  for (let status = open.pop(); status !== undefined; status = open.pop()) {
    for (const next of lifecycles[kind][status] ?? []) {
      if (next === to) return true
      if (!seen.has(next)) open.push(next)
      seen.add(next)
    }
  }
  return false
}
