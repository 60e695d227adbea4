import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openSeededApi } from '../support/api.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

type Refs = { nodes: { ref: string }[] }

async function listed(filter: string): Promise<string[]> {
  const { developments } = await api.ask(`{ developments(first: 100, filter: ${filter}) { nodes { ref } } }`)
  return (developments as Refs).nodes.map(({ ref }) => ref).sort()
}

/** What a follower who has read all of the feed under the filter holds in the end. */
async function followed(filter: string): Promise<string[]> {
  const held = new Set<string>()
  for (let after = ''; ; ) {
    const { feed } = await api.ask(
      `{ feed(first: 100, filter: ${filter}${after}) { nodes { ref action } pageInfo { hasNextPage endCursor } } }`,
    )
    for (const { ref, action } of feed.nodes) {
      if (action === 'LEFT_FILTER') held.delete(ref)
      else if (action !== 'BACKDATED') held.add(ref)
    }
    if (!feed.pageInfo.hasNextPage) return [...held].sort()
    after = `, after: "${feed.pageInfo.endCursor}"`
  }
}

describe('a filter', () => {
  it.each([
    [
      '{ report: ["upi-2023-12-08"], kind: [PLEDGE] }',
      ['cop-bureau-support', 'cop29-support', 'further-confidence-building', 'treaty'],
    ],
    ['{ ref: ["offensive", "surrender"] }', ['offensive', 'surrender']],
    ['{ precision: [MONTH] }', ['brussels-may', 'spain-talks', 'yerevan-55-held']],
    ['{ precision: [UNKNOWN], kind: [TALK] }', ['normalisation-track', 'washington-ministers']],
    [
      '{ when: { from: "2023-10-01T00:00:00Z", to: "2023-10-31T23:59:59.999Z" }, kind: [TALK] }',
      ['border-withdrawal-talks', 'iran-talks', 'leaders-meetings', 'offices-talks', 'spain-talks'],
    ],
    [
      '{ when: { from: "2023-10-01T00:00:00Z", to: "2023-10-31T23:59:59.999Z", match: CERTAINLY_WITHIN }, kind: [TALK] }',
      ['iran-talks', 'spain-talks'],
    ],
    [
      '{ when: { from: "2023-12-01T00:00:00Z", match: CERTAINLY_WITHIN }, kind: [STATEMENT] }',
      [
        'commission-statement',
        'joint-statement',
        'michel-welcome',
        'miller-welcome',
        'pashinyan-facebook',
        'powers-welcome',
      ],
    ],
    ['{ place: ["armenia-azerbaijan-border"] }', ['exchange-32-2']],
    ['{ place: ["united-states"] }', ['us-talks', 'washington-ministers']],
    ['{ country: ["ES", "IR"] }', ['iran-talks', 'spain-talks']],
    ['{ near: { latitude: 40.18, longitude: 44.51, kilometres: 150 } }', ['exchange-32-2']],
    ['{ box: { south: 35, west: -100, north: 42, east: -70 } }', ['us-talks', 'washington-ministers']],
    ['{ box: { south: 30, west: 50, north: 42, east: -90 } }', ['iran-talks', 'us-talks']],
    ['{ knownAt: { from: "2023-12-14T00:00:00Z" }, kind: [TALK] }', ['border-withdrawal-talks']],
    ['{ reportsAtLeast: 5 }', ['exchange-32-2', 'joint-statement', 'offensive', 'treaty']],
    ['{ independentSourcesAtLeast: 4, kind: [INCIDENT] }', ['offensive']],
    ['{ disagreement: { relation: [CONTRADICTS] } }', ['michel-welcome', 'normalisation-track', 'offensive']],
    ['{ disagreement: { aspect: [REASON] } }', ['spain-talks', 'us-talks']],
    ['{ link: { type: [ANNOUNCES], to: ["exchange-32-2"] } }', ['joint-statement']],
    [
      '{ link: { type: [RESPONDS_TO], to: ["joint-statement"] } }',
      ['michel-welcome', 'miller-welcome', 'powers-welcome'],
    ],
    ['{ statement: { issue: [JOINT, COLLECTIVE] } }', ['joint-statement', 'powers-welcome', 'treaty-by-year-end']],
    ['{ statement: { act: [EXPECT] } }', ['treaty-by-year-end']],
    ['{ talk: { extent: [SERIES], level: [LEADERS] } }', ['leaders-meetings']],
    ['{ talk: { format: [MEDIATED] } }', ['leaders-meetings', 'spain-talks']],
    ['{ talk: { track: [ONE], level: [MINISTERS] } }', ['washington-ministers']],
    ['{ talk: { invitation: { actor: ["Baku"], response: [DECLINED] } } }', ['spain-talks', 'us-talks']],
    ['{ exchange: { form: [RECIPROCAL] } }', ['exchange-32-2']],
    [
      '{ pledge: { strength: [COMMITMENT], open: true } }',
      ['cop-bureau-support', 'cop29-support', 'further-confidence-building', 'reintegration', 'treaty'],
    ],
    ['{ pledge: { open: false } }', []],
    ['{ agreement: {} }', []],
    ['{ incident: { type: [DETENTION, SURRENDER], standing: [REPORTED] } }', ['surrender']],
    [
      '{ and: [{ kind: [TALK] }, { or: [{ country: ["US"] }, { mediator: ["Macron"] }] }] }',
      ['spain-talks', 'us-talks', 'washington-ministers'],
    ],
    [
      '{ kind: [TALK], not: { place: ["united-states"] } }',
      [
        'border-withdrawal-talks',
        'brussels-may',
        'iran-talks',
        'leaders-meetings',
        'normalisation-track',
        'offices-talks',
        'spain-talks',
      ],
    ],
    [
      '{ kind: [TALK], not: { or: [{ status: [HELD] }, { status: [CANCELLED] }] } }',
      ['border-withdrawal-talks', 'normalisation-track', 'washington-ministers'],
    ],
    [
      '{ kind: [TALK], not: { not: { status: [HELD] } } }',
      ['brussels-may', 'iran-talks', 'leaders-meetings', 'offices-talks'],
    ],
  ])('%s lets pass what the reports say, in the list and in the feed', async (filter, expected) => {
    const found = await listed(filter)
    expect(found).toEqual(expected)
    expect(await followed(filter)).toEqual(found)
  })

  it('sent as an argument of its list means what it means as a member', async () => {
    const { talks, statements, pledges, incidents, agreements } = await api.ask(`{
      talks(extent: [SERIES], declinedBy: ["Armenia"], filter: { or: [{ status: [HELD] }, { status: [STALLED] }] }) { ...R }
      statements(act: [SUPPORT], about: ["joint-statement"]) { ...S }
      pledges(open: true, strength: [READINESS, HOPE]) { ...P }
      incidents(type: [SURRENDER], filter: { or: [{ incident: { type: [DETENTION] } }, { incident: {} }] }) { ...I }
      agreements(stage: [CEA], filter: { and: [{ kind: [TALK] }] }) { ...A }
    }
    fragment R on TalkConnection { nodes { ref } }
    fragment S on StatementConnection { nodes { ref } }
    fragment P on PledgeConnection { nodes { ref } }
    fragment I on IncidentConnection { nodes { ref } }
    fragment A on AgreementConnection { nodes { ref } }`)
    const refs = ({ nodes }: Refs) => nodes.map(({ ref }) => ref).sort()
    expect([talks, statements, pledges, incidents, agreements].map(refs)).toEqual([
      await listed(`{ talk: { extent: [SERIES], invitation: { actor: ["Armenia"], response: [DECLINED, WITHDREW] } },
        or: [{ status: [HELD] }, { status: [STALLED] }] }`),
      await listed(`{ statement: { act: [SUPPORT] },
        link: { type: [ANNOUNCES, RESPONDS_TO, CONCERNS], to: ["joint-statement"] } }`),
      await listed('{ pledge: { open: true, strength: [READINESS, HOPE] } }'),
      await listed('{ incident: { type: [SURRENDER] } }'),
      [],
    ])
    expect(refs(statements)).not.toEqual([])
  })

  it.each([
    ['{ or: [] }', 'filter.or: must hold at least one filter, or be left out, got []'],
    ['{ not: { and: [] } }', 'filter.not.and: must hold at least one filter, or be left out, got []'],
    ['{ or: [{ kind: [TALK] }, { actor: [{ actor: "Mars" }] }] }', 'filter.or[1].actor: must name an actor'],
    ['{ not: { report: ["mars"] } }', 'filter.not.report: must be the ref of a report (see `reports`), got "mars"'],
    ['{ ref: ["mars"] }', 'filter.ref: must be the ref of a development (see `developments`), got "mars"'],
    ['{ place: ["mars"] }', 'filter.place: must be the ref of a place'],
    ['{ link: { to: ["mars"] } }', 'filter.link.to: must be the ref of a development (see `developments`), got "mars"'],
    ['{ talk: { invitation: { actor: ["Mars"] } } }', 'filter.talk.invitation.actor: must name an actor'],
    ['{ country: ["am"] }', 'filter.country: must be an ISO 3166-1 alpha-2 code, in capitals, like AM, got "am"'],
    ['{ country: ["QX"] }', 'filter.country: must be an ISO 3166-1 alpha-2 code, in capitals, like AM, got "QX"'],
    ['{ near: { latitude: 40, longitude: 45, kilometres: 0 } }', 'filter.near.kilometres: must be more than 0'],
    [
      '{ near: { latitude: 90.5, longitude: 45, kilometres: 1 } }',
      'filter.near.latitude: must be from -90 to 90 degrees',
    ],
    ['{ box: { south: 0, west: -181, north: 1, east: 0 } }', 'filter.box.west: must be from -180 to 180 degrees'],
    ['{ box: { south: 2, west: 0, north: 1, east: 0 } }', 'filter.box.north: must not be south of `south` (2), got 1'],
    ['{ reportsAtLeast: 0 }', 'filter.reportsAtLeast: must be 1 or more, got 0'],
    [
      '{ when: { from: "2024-01-01T00:00:00Z", to: "2023-01-01T00:00:00Z" } }',
      'filter.when.to: must not be before `from` (2024-01-01T00:00:00.000Z), got "2023-01-01T00:00:00.000Z"',
    ],
    ['{ knownAt: { from: "0000-01-01T00:00:00Z" } }', 'filter.knownAt.from: must lie in the years 1 to 9999 (UTC)'],
    [`${'{ not: '.repeat(9)}{}${' }'.repeat(9)}`, 'filter: must nest at most 8 deep'],
    [`{ or: [${'{ kind: [TALK] } '.repeat(50)}] }`, 'filter: must be made of at most 50 filters'],
    [`{ status: [${'HELD '.repeat(501)}] }`, 'filter: must name at most 500 values in all, got 501'],
  ])('that cannot be is refused by the list and by the feed: %s', async (filter, message) => {
    const wanted = [expect.stringContaining(message)]
    expect(await api.refused(`{ developments(filter: ${filter}) { totalCount } }`)).toEqual(wanted)
    expect(await api.refused(`{ feed(filter: ${filter}) { nodes { position } } }`)).toEqual(wanted)
  })

  it('nested hundreds deep in a variable is refused like any other', async () => {
    const filter = JSON.parse(`${'{"not":'.repeat(500)}{}${'}'.repeat(500)}`)
    const query = 'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }'
    const { errors = [], data } = await api.execute(query, { filter })
    expect(data ?? null).toBeNull()
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('must nest at most 8 deep')])
    expect((await api.ask('{ developments { totalCount } }')).developments.totalCount).toBe(32)
  })
})
