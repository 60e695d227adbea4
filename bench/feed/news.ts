/** How long a summary is, so that a message to a follower has about 760 bytes. */
const SUMMARY = 275

const HEADLINE = 'Prisoner exchange agreed'
const SENTENCE = 'Both sides said that the lists were settled and that mediators would see the exchange through. '
const summary = SENTENCE.repeat(Math.ceil(SUMMARY / SENTENCE.length))
  .slice(0, SUMMARY - 1)
  .concat('.')

const day = { earliest: '2023-12-07', latest: '2023-12-07', precision: 'DAY' }

/** The process that the news are about. */
export const processDocument = {
  process: {
    id: 'north-south',
    name: 'North–South peace process',
    summary: 'Two invented neighbours.',
    parties: ['north', 'south'],
    mediators: [],
  },
  actors: [
    { id: 'north', kind: 'STATE', name: 'North' },
    { id: 'south', kind: 'STATE', name: 'South' },
  ],
  outlets: [{ id: 'wire', name: 'The Wire' }],
}

/** One report of so many new developments, as Parley's ingest takes it. */
export function dispatchOf(report: string, count: number): object {
  return {
    process: 'north-south',
    report: { id: report, outlet: 'wire', published: day },
    developments: Array.from({ length: count }, (_, i) => ({
      ref: `${report}-${i + 1}`,
      kind: 'EXCHANGE',
      headline: HEADLINE,
      summary,
      citations: [{ locator: 'lead' }],
      milestones: [{ status: 'AGREED', when: day }],
      participants: [
        { actor: 'north', role: 'PARTY' },
        { actor: 'south', role: 'PARTY' },
      ],
      legs: [{ key: 'from-north', releasedBy: 'north', receivedBy: 'south', count: { best: 32 } }],
    })),
  }
}

/** What a peer is notified of: the same fields with values of the same length. */
export function changeAt(position: number, now: Date): object {
  return {
    cursor: Buffer.from(`${position}.0123456789abcdef`).toString('base64url'),
    position,
    previousPosition: position - 1,
    action: 'CREATED',
    ref: `report-${position}-1`,
    development: {
      kind: 'EXCHANGE',
      headline: HEADLINE,
      summary,
      status: 'AGREED',
      when: { earliest: '2023-12-07T00:00:00.000Z', latest: '2023-12-07T23:59:59.999Z', precision: 'DAY' },
    },
    revision: { recordedAt: now.toISOString(), reason: null },
  }
}
