import type { DevelopmentFields } from './development/lineFields.ts'

export type Status = NonNullable<DevelopmentFields['status']>

/** How far a development may have come, in the order of a life, and what that is called. */
export const statuses: Readonly<Record<Status, string>> = {
  PROPOSED: 'Proposed',
  MADE: 'Made',
  SCHEDULED: 'Scheduled',
  ONGOING: 'Ongoing',
  STALLED: 'Stalled',
  POSTPONED: 'Postponed',
  CANCELLED: 'Cancelled',
  HELD: 'Held',
  CONCLUDED: 'Concluded',
  FAILED: 'Failed',
  AGREED: 'Agreed',
  INITIALLED: 'Initialled',
  SIGNED: 'Signed',
  IN_FORCE: 'In force',
  PARTLY_CARRIED_OUT: 'Partly carried out',
  CARRIED_OUT: 'Carried out',
  PARTLY_FULFILLED: 'Partly fulfilled',
  FULFILLED: 'Fulfilled',
  WITHDRAWN: 'Withdrawn',
  BROKEN: 'Broken',
  LAPSED: 'Lapsed',
  EXPIRED: 'Expired',
  ENDED: 'Ended',
}
