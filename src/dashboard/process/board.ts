interface Come {
  readonly status: string | null
  readonly invitations: readonly { readonly response: string }[]
}

export interface Column<Talk> {
  readonly name: string
  readonly talks: readonly Talk[]
}

const columns = [
  'Proposed',
  'Scheduled',
  'Held',
  'Going on',
  'On hold',
  'Postponed',
  'Declined',
  'Called off',
  'Untold',
]

const names: Record<string, string> = {
  PROPOSED: 'Proposed',
  SCHEDULED: 'Scheduled',
  HELD: 'Held',
  CONCLUDED: 'Held',
  ONGOING: 'Going on',
  STALLED: 'On hold',
  POSTPONED: 'Postponed',
}

/** Whether a party that a talk was for stayed away. */
export function isDeclined(response: string): boolean {
  return response === 'DECLINED' || response === 'WITHDREW'
}

/**
 * Talks by how far they have come, in the order of a talk's life. One that did not take place stands under what kept it
 * from doing so, where the record knows: somebody declined, or it was called off.
 */
export function boardOf<Talk extends Come>(talks: readonly Talk[]): Column<Talk>[] {
  return columns.map((name) => ({ name, talks: talks.filter((talk) => columnOf(talk) === name) }))
}

function columnOf({ status, invitations }: Come): string {
  if (status !== 'CANCELLED') return names[status ?? ''] ?? 'Untold'
  return invitations.some(({ response }) => isDeclined(response)) ? 'Declined' : 'Called off'
}
