import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openSeededApi } from '../support/api.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const folder = new URL('../../src/transport/questions/', import.meta.url)
const question = (file: string) => api.ask(readFileSync(new URL(file, folder), 'utf8'))

// The questions of GraphiQL's starting tabs, each with the answer that the five reports give.
describe('the first questions', () => {
  it('Who declined which talks, and what reason was given?', async () => {
    const { talks } = await question('01-who-declined.graphql')
    const told = talks.nodes.map((talk: Talk) => ({
      ...{ ref: talk.ref, status: talk.status, from: talk.when.earliest, to: talk.when.latest },
      declined: talk.invitations.map((i) => [i.invitee.name, i.respondedBy?.name ?? null, i.response]),
      reasons: talk.claims.filter((c) => c.aspect === 'REASON').map((c) => [c.citation.report.ref, c.text]),
    }))
    expect(told).toEqual([
      {
        ...{ ref: 'spain-talks', status: 'CANCELLED' },
        ...{ from: '2023-10-01T00:00:00.000Z', to: '2023-10-31T23:59:59.999Z' },
        declined: [['Azerbaijan', 'Ilham Aliyev', 'DECLINED']],
        reasons: [
          ['bbc-copy-2023-12-08', 'Western countries are biased.'],
          ['exchange-report-2023-12-13', 'France is biased.'],
        ],
      },
      {
        ...{ ref: 'us-talks', status: 'CANCELLED' },
        ...{ from: '2023-11-20T00:00:00.000Z', to: '2023-11-20T23:59:59.999Z' },
        declined: [['Azerbaijan', null, 'DECLINED']],
        reasons: [
          ['bbc-copy-2023-12-08', 'Western countries are biased.'],
          ['exchange-report-2023-12-13', 'Washington is biased.'],
        ],
      },
    ])
  })

  it('Which talks were held, by which mediator?', async () => {
    const { talks } = await question('02-talks-held.graphql')
    const mediated = talks.nodes.map((talk: Talk) => [talk.ref, talk.status, talk.mediators.map((m) => m.actor.name)])
    expect(mediated).toEqual([
      ['brussels-may', 'HELD', []],
      ['iran-talks', 'HELD', []],
      ['offices-talks', 'HELD', []],
      ['leaders-meetings', 'HELD', ['Charles Michel', 'United States', 'Russia']],
      ['border-withdrawal-talks', 'ONGOING', []],
      ['normalisation-track', 'STALLED', ['European Union', 'United States', 'Russia']],
    ])
    const leaders = talks.nodes.find((talk: Talk) => talk.ref === 'leaders-meetings') as Talk
    expect(leaders.claims.map((c) => [c.citation.report.ref, c.text])).toEqual([
      ['bbc-copy-2023-12-08', 'European Union'],
      ['bbc-copy-2023-12-08', 'United States'],
      ['bbc-copy-2023-12-08', 'Russia'],
      ['exchange-report-2023-12-13', expect.stringContaining('Charles Michel')],
    ])
  })

  it('Who released how many of whom on 13 December, held since when, and who says so?', async () => {
    const { exchanges } = await question('03-who-released-whom.graphql')
    expect(exchanges.nodes).toHaveLength(1)
    const [exchange] = exchanges.nodes
    expect(exchange).toMatchObject({
      ...{ ref: 'exchange-32-2', status: 'CARRIED_OUT', place: { name: 'Gazakh sector of the border' } },
      facilitators: [{ actor: { name: 'International Committee of the Red Cross' } }],
    })
    const legs = exchange.legs.map((leg: Leg) => [
      leg.releasedBy.name,
      leg.receivedBy.name,
      leg.count.best,
      leg.count.stage,
    ])
    expect(legs).toEqual([
      ['Azerbaijan', 'Armenia', 32, 'DELIVERED'],
      ['Armenia', 'Azerbaijan', 2, 'DELIVERED'],
    ])
    expect(exchange.legs[0].groups.map((group: Leg) => group.count.best)).toEqual([31, 1])
    const said = (leg: Leg, aspect: string, key: string) =>
      leg.claims.filter((c) => c.aspect === aspect && c.key === key).map((c) => [c.citation.report.ref, c.text])
    expect(said(exchange.legs[0], 'FIGURE', 'leg/from-azerbaijan')).toEqual([
      ['dw-2023-12-07', '32'],
      ['bbc-copy-2023-12-08', '32'],
      ['upi-2023-12-08', '32'],
      ['exchange-report-2023-12-13', '32'],
      ['exchange-report-2023-12-13', 'more than 24'],
      ['exchange-retelling-2023-12-14', '32'],
    ])
    const commission = exchange.legs[0].claims.filter((c: Claim) => c.claimant?.name.startsWith('State Commission'))
    expect(commission.filter((c: Claim) => c.aspect === 'FIGURE').map((c: Claim) => c.text)).toEqual(['32'])
    expect(said(exchange.legs[0], 'HELD_SINCE', 'leg/from-azerbaijan').map(([, text]) => text)).toEqual([
      'by 30 September 2023',
      '1 October 2020 – 31 December 2020',
      '2020',
      '1 January 2020 – 31 December 2023',
    ])
    expect(said(exchange.legs[1], 'HELD_SINCE', 'leg/from-armenia')).toEqual([
      ['bbc-copy-2023-12-08', 'by 30 September 2023'],
      ['exchange-retelling-2023-12-14', 'April 2023'],
    ])
  })

  it('Where do the reports disagree?', async () => {
    const { disagreements } = await question('04-where-reports-disagree.graphql')
    expect(disagreements.nodes).toHaveLength(disagreements.totalCount)
    const contradicted = disagreements.nodes.filter((d: Disagreement) => d.relation === 'CONTRADICTS')
    expect(
      contradicted.map((d: Disagreement) => [d.development.ref, d.aspect, d.versions.map((v) => v.text)]).sort(),
    ).toEqual([
      ['michel-welcome', 'OFFICE', ['President of the European Council', "The European Union's top diplomat"]],
      ['normalisation-track', 'STATUS', ['STALLED', 'ONGOING']],
      ['offensive', 'PARTICIPANT', expect.arrayContaining(['Armenia'])],
    ])
    const fled = disagreements.nodes.find(
      (d: Disagreement) => d.development.ref === 'displacement' && d.key === 'DISPLACED',
    )
    expect(fled.relation).toBe('DIFFERS')
    expect(fled.versions.map((v: Version) => [v.text, v.standing])).toEqual([
      ['more than 100,000', true],
      ['at least 20,000', false],
      ['most of 120,000', false],
    ])
    expect([fled.range, fled.overlap]).toEqual([
      { low: 20_000, high: null },
      { low: 100_001, high: 120_000 },
    ])
    expect(disagreements.nodes.filter((d: Disagreement) => d.aspect !== 'FIGURE' && d.range !== null)).toEqual([])
  })

  it('How many independent sources support what is told of the exchange?', async () => {
    const { development } = await api.ask(
      '{ development(ref: "exchange-32-2") { claims(aspect: [FIGURE], key: "leg/from-azerbaijan") { text independentSourceCount citation { origin source } } } }',
    )
    // Five reports tell 32; what repeats an agency counts as that agency.
    const told = new Map(development.claims.map((c: Sourced) => [c.text, c.independentSourceCount]))
    const sources = new Set(
      development.claims
        .filter((c: Sourced) => c.text === '32')
        .map((c: Sourced) => c.citation.origin ?? c.citation.source),
    )
    expect(told.get('32')).toBe(sources.size)
    expect(told.get('more than 24')).toBe(1)
  })

  it('Which pledges are still open?', async () => {
    const { pledges } = await question('05-open-pledges.graphql')
    const open = pledges.nodes.map((pledge: Pledge) => [pledge.ref, pledge.promisors.map((p) => p.actor.name)])
    expect(open.sort()).toEqual([
      ['cop-bureau-support', ['Azerbaijan']],
      ['cop29-support', ['Armenia']],
      ['further-confidence-building', ['Armenia', 'Azerbaijan']],
      ['reintegration', ['Armenian separatist forces of Nagorno-Karabakh']],
      ['treaty', ['Armenia', 'Azerbaijan']],
    ])
  })

  it('What did each mediator say about the joint statement?', async () => {
    const { mediators } = await question('06-what-mediators-said.graphql')
    const said = mediators.nodes.map((m: Mediator) => [m.actor.name, m.statements.map((s) => s.ref)])
    expect(said).toEqual([
      ['European Union', ['michel-welcome', 'powers-welcome']],
      ['Emmanuel Macron', []],
      ['Charles Michel', ['michel-welcome']],
      ['Russia', ['powers-welcome']],
      ['Olaf Scholz', []],
      ['United States', ['miller-welcome', 'powers-welcome']],
    ])
    const michel = mediators.nodes[2].statements[0]
    expect(new Set(michel.passages.map((p: Claim) => p.text))).toContain('major breakthrough')
  })

  it('What was known on 10 December 2023? (the exchange agreed, not carried out)', async () => {
    const { developments } = await question('07-known-on-10-december.graphql')
    expect(developments.totalCount).toBe(25)
    expect(developments.nodes.find((d: { ref: string }) => d.ref === 'exchange-32-2')).toMatchObject({
      ...{ status: 'AGREED', reportCount: 3 },
      milestones: [{ status: 'AGREED', when: { earliest: '2023-12-07T00:00:00.000Z' } }],
      legs: [
        { releasedBy: { name: 'Azerbaijan' }, count: { best: 32, stage: 'PLEDGED' } },
        { releasedBy: { name: 'Armenia' }, count: { best: 2, stage: 'PLEDGED' } },
      ],
    })
    const later = ['commission-statement', 'pashinyan-list', 'yerevan-55-held', 'powers-welcome']
    expect(developments.nodes.filter((d: { ref: string }) => later.includes(d.ref))).toEqual([])
  })

  it('What happened in and around the region in autumn 2023, for certain, and what else may have?', async () => {
    const { certainly, possibly } = await question('08-certainly-in-autumn.graphql')
    const refs = ({ nodes }: { nodes: { ref: string }[] }) => nodes.map(({ ref }) => ref).sort()
    expect(refs(certainly)).toEqual(['exchange-32-2', 'iran-talks', 'offensive', 'surrender'])
    expect(refs(possibly)).toEqual([...refs(certainly), 'displacement'].sort())
  })

  it('How did the record of the exchange come about, revision by revision?', async () => {
    const { development } = await question('14-history-of-the-exchange.graphql')
    expect(development.plover).toEqual({ eventType: 'RETREAT', mode: 'RELEASE', quadClass: 'MATERIAL_COOPERATION' })
    const told = development.history.nodes.map((r: Revision) => [r.number, r.action, r.report.ref])
    expect(told).toEqual([
      [1, 'CREATED', 'dw-2023-12-07'],
      [2, 'AMENDED', 'bbc-copy-2023-12-08'],
      [3, 'AMENDED', 'upi-2023-12-08'],
      [4, 'AMENDED', 'exchange-report-2023-12-13'],
      [5, 'AMENDED', 'exchange-retelling-2023-12-14'],
    ])
    const changes = development.history.nodes[3].changes as Revision['changes']
    expect(changes).toContainEqual({ path: 'status', before: 'AGREED', after: 'CARRIED_OUT' })
  })
})

interface Revision {
  readonly number: number
  readonly action: string
  readonly report: { readonly ref: string }
  readonly changes: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[]
}
interface Named {
  readonly name: string
}
interface Claim {
  readonly aspect: string
  readonly key: string
  readonly text: string
  readonly claimant: Named | null
  readonly citation: { readonly report: { readonly ref: string } }
}
interface Talk {
  readonly ref: string
  readonly status: string
  readonly when: { readonly earliest: string | null; readonly latest: string | null }
  readonly invitations: readonly {
    readonly invitee: Named
    readonly respondedBy: Named | null
    readonly response: string
  }[]
  readonly mediators: readonly { readonly actor: Named }[]
  readonly claims: readonly Claim[]
}
interface Leg {
  readonly releasedBy: Named
  readonly receivedBy: Named
  readonly count: { readonly best: number; readonly stage: string }
  readonly claims: readonly Claim[]
}
interface Version {
  readonly text: string
  readonly standing: boolean
}
interface Disagreement {
  readonly relation: string
  readonly aspect: string
  readonly key: string
  readonly development: { readonly ref: string }
  readonly versions: readonly Version[]
  readonly range: object | null
}
interface Sourced extends Claim {
  readonly independentSourceCount: number
  readonly citation: Claim['citation'] & { readonly origin: string | null; readonly source: string }
}
interface Pledge {
  readonly ref: string
  readonly promisors: readonly { readonly actor: Named }[]
}
interface Mediator {
  readonly actor: Named
  readonly statements: readonly { readonly ref: string }[]
}
