import type { Status } from '../domain/status.ts'
import { codes } from './code.ts'

export const StatusRef = codes<Status>(
  'Status',
  'A step in the life of a talk, exchange, pledge or agreement. It moves forward on new evidence; going back is a correction.',
  {
    PROPOSED: 'Suggested, not accepted by all. Talks, exchanges, pledges, agreements.',
    SCHEDULED: 'A date is set. Talks, exchanges.',
    HELD: 'It took place. Talks.',
    POSTPONED: 'Put off to another date. Talks.',
    CANCELLED: 'It did not take place: called off, or a party that it needed declined. Talks, exchanges.',
    ONGOING: 'A series of talks goes on.',
    STALLED: 'A series of talks makes no progress.',
    CONCLUDED: 'A series of talks has ended.',
    AGREED: 'The parties have agreed, nothing is carried out. Exchanges, agreements.',
    CARRIED_OUT: 'All of it was done. Exchanges.',
    PARTLY_CARRIED_OUT: 'Some of it was done. Exchanges.',
    FAILED: 'It was to be done and was not. Exchanges.',
    MADE: 'Given and open. Pledges.',
    FULFILLED: 'Kept. Pledges.',
    PARTLY_FULFILLED: 'Kept in part, still open. Pledges.',
    LAPSED: 'Its time passed without a breach. Pledges.',
    BROKEN: 'The promisor acted against it. Pledges; a hope is never broken.',
    WITHDRAWN: 'Taken back. Pledges.',
    INITIALLED: 'Text settled, not signed. Agreements.',
    SIGNED: 'Signed. Agreements.',
    IN_FORCE: 'In force. Agreements.',
    EXPIRED: 'Its time ran out. Agreements.',
    ENDED: 'Ended before its time. Agreements.',
  },
)
