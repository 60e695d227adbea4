/** A small invented process, so that tests of behaviour do not hang on the seed's facts. */
export const processDocument = {
  process: {
    id: 'north-south',
    name: 'North–South peace process',
    summary: 'Two invented neighbours.',
    parties: ['north', 'south'],
    mediators: ['envoy'],
  },
  actors: [
    { id: 'north', kind: 'STATE', name: 'North', names: [{ name: 'Northville', kind: 'METONYM' }] },
    { id: 'south', kind: 'STATE', name: 'South', names: [{ name: 'Southville', kind: 'METONYM' }] },
    { id: 'envoy', kind: 'PERSON', name: 'The Envoy', offices: [{ title: 'Special envoy' }] },
    {
      id: 'premier',
      kind: 'PERSON',
      name: 'The Premier',
      offices: [{ title: 'Premier of North', organisation: 'north' }],
    },
  ],
  places: [
    { id: 'border', name: 'The border' },
    { id: 'bridge', name: 'The bridge', within: 'border', latitude: 40, longitude: 45, precision: 1 },
  ],
  outlets: [
    { id: 'wire', name: 'The Wire' },
    { id: 'gazette', name: 'The Gazette' },
  ],
}

/** A day as a `When` of the contract. */
export function day(date: string): object {
  return { earliest: date, latest: date, precision: 'DAY' }
}

/** A dispatch of one report; `developments` as in a file. */
export function dispatchOf(report: { id: string; outlet?: string; on: string }, ...developments: object[]): object {
  const { on, ...rest } = report
  return { process: 'north-south', report: { ...rest, published: day(on) }, developments }
}

/** An exchange of prisoners as a report may tell it. */
export function exchange(fields: {
  status: 'AGREED' | 'CARRIED_OUT'
  on: string
  count?: number
  [field: string]: unknown
}): object {
  const { status, on, count = 32, ...rest } = fields
  return {
    ref: 'swap',
    kind: 'EXCHANGE',
    headline: status === 'AGREED' ? 'Prisoner exchange agreed' : 'Prisoners exchanged',
    citations: [{ locator: 'lead' }],
    milestones: [{ status, when: day(on) }],
    participants: [
      { actor: 'North', role: 'PARTY' },
      { actor: 'South', role: 'PARTY' },
    ],
    legs: [{ key: 'from-north', releasedBy: 'Northville', receivedBy: 'South', count: { best: count } }],
    ...rest,
  }
}
