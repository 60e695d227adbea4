import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { type Api, openApi } from '../support/api.ts'
import { stateOf } from '../support/refused.ts'
import { day, dispatchOf, exchange } from '../support/sample.ts'

let api: Api
beforeEach(async () => {
  api = await openApi()
  const { record } = api
  await record.ingest(
    dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07' })),
  )
  await record.ingest(
    dispatchOf(
      { id: 'r2', outlet: 'gazette', on: '2023-12-13' },
      exchange({ ref: 'twin', status: 'CARRIED_OUT', on: '2023-12-13', count: 31 }),
      {
        ...{ ref: 'word', kind: 'STATEMENT', act: 'REMARK', headline: 'The envoy speaks of it', citations: [{}] },
        ...{ participants: [{ actor: 'envoy', role: 'SPEAKER' }], when: day('2023-12-01') },
        links: [{ type: 'CONCERNS', to: 'twin' }],
      },
    ),
  )
})
afterEach(() => api[Symbol.asyncDispose]())

const mended = `__typename
  ... on Refusal { message }
  ... on Mended {
    isPreview developments revisionCount
    revisions { ref action position headline knownAt mergedInto changes { path before after } }
  }`
const act = (field: string, type: string) => async (input: object, preview?: boolean) => {
  const query = `mutation ($input: ${type}!, $preview: Boolean) { result: ${field}(input: $input, preview: $preview) { ${mended} } }`
  return (await api.ask(query, { input, preview })).result
}
const merge = act('merge', 'MergeInput')
const split = act('split', 'SplitInput')
const retractReport = act('retractReport', 'ReportRetractionInput')

const merging = { ref: 'twin', into: 'swap', reason: 'One exchange, told twice' }

describe('a preview', () => {
  it.each([
    ['of a merge', () => merge, () => merging],
    [
      'of a split',
      () => split,
      () => ({ from: 'swap', ref: 'new', headline: 'Another one', reports: ['r2'], reason: 'Two days, two exchanges' }),
    ],
    ['of the retraction of a report', () => retractReport, () => ({ report: 'r2', reason: 'Invented' })],
  ])('%s tells all that would be written, writes nothing, and is what is written then', async (_what, field, input) => {
    if (field() === split) await merge(merging)
    const before = await stateOf(api.record)
    const told = await field()(input(), true)
    expect(told).toMatchObject({ __typename: 'Mended', isPreview: true })
    expect(told.revisionCount).toBeGreaterThan(1)
    expect(told.revisions).toHaveLength(told.revisionCount)
    expect(await stateOf(api.record)).toEqual(before)
    const { feed } = await api.ask('query ($after: String!) { feed(after: $after) { nodes { ref } } }', {
      after: (await api.ask('{ feedHead { cursor } }')).feedHead.cursor,
    })
    expect(feed.nodes).toEqual([])

    const after = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    expect(await field()(input())).toEqual({ ...told, isPreview: false })
    const query = `query ($after: String!) { feed(after: $after, first: 100) {
      nodes { ref action position revision { knownAt changes { path before after } } } } }`
    const nodes = (await api.ask(query, { after })).feed.nodes
    // What is withheld shows no changes to readers.
    expect(nodes.map((n: { revision: object }) => ({ ...n, revision: undefined }))).toEqual(
      told.revisions.map(({ ref, action, position }: Record<string, unknown>) => ({ ref, action, position })),
    )
  })

  it('of what would be refused is the refusal', async () => {
    expect(await merge({ ...merging, into: 'word' }, true)).toEqual({
      __typename: 'Refusal',
      message: 'into: must be of the kind EXCHANGE, as twin is; it is of STATEMENT, got "word"',
    })
    expect(await retractReport({ report: 'none', reason: 'x' }, true)).toMatchObject({ __typename: 'Refusal' })
    expect(await split({ from: 'none', ref: 'x', reason: 'x' }, true)).toMatchObject({ __typename: 'Refusal' })
  })

  it('names the fields that change, before and after', async () => {
    const { revisions } = await merge(merging, true)
    const status = revisions[0].changes.find(({ path }: { path: string }) => path === 'status')
    expect(status).toEqual({ path: 'status', before: 'AGREED', after: 'CARRIED_OUT' })
    expect(revisions.map((r: { mergedInto: string | null }) => r.mergedInto)).toEqual([null, 'swap'])
  })
})

describe('a merged development', () => {
  const asked = `{ __typename ref status reportCount }`
  const swapOf = (status: string, reportCount: number) => ({ __typename: 'Exchange', ref: 'swap', status, reportCount })

  it('is found under its old ref and its old id, and links lead to the one that holds it', async () => {
    const { id } = (await api.ask('{ development(ref: "twin") { id } }')).development
    await merge(merging)
    const found = await api.ask(
      `query ($id: ID!) {
        byRef: development(ref: "twin") ${asked} byId: development(id: $id) ${asked}
        node(id: $id) { __typename id ... on Exchange { ref } }
        word: development(ref: "word") { links { type development { ref } } }
        about: statements(about: ["swap"]) { nodes { ref } } aboutOld: statements(about: ["twin"]) { nodes { ref } }
        developments { totalCount nodes { ref } }
      }`,
      { id },
    )
    expect(found).toEqual({
      ...{ byRef: swapOf('CARRIED_OUT', 2), byId: swapOf('CARRIED_OUT', 2) },
      node: { __typename: 'Exchange', id: Buffer.from('Development:swap').toString('base64url'), ref: 'swap' },
      word: { links: [{ type: 'CONCERNS', development: { ref: 'swap' } }] },
      ...{ about: { nodes: [{ ref: 'word' }] }, aboutOld: { nodes: [{ ref: 'word' }] } },
      developments: { totalCount: 2, nodes: [{ ref: 'word' }, { ref: 'swap' }] },
    })
  })

  it('is found by filters that name either of the two in links, and told among what was withdrawn since', async () => {
    await merge(merging)
    const { named, named_before, changes } = await api.ask(`{
      named: developments(filter: { link: { to: ["swap"] } }) { nodes { ref } }
      named_before: developments(filter: { link: { to: ["twin"] } }) { nodes { ref } }
      changes(from: "2023-12-31T00:00:00Z", by: RECORDED) {
        nodes { ref finding before { ref } after { __typename ... on Tombstone { mergedInto } } changes { path } }
      }
    }`)
    expect([named, named_before]).toEqual([{ nodes: [{ ref: 'word' }] }, { nodes: [{ ref: 'word' }] }])
    expect(changes.nodes).toContainEqual({
      ...{ ref: 'twin', finding: 'WITHDRAWN', before: null, changes: [] },
      after: { __typename: 'Tombstone', mergedInto: 'swap' },
    })
    expect(changes.nodes.map(({ ref }: { ref: string }) => ref)).toEqual(['word', 'swap', 'twin'])
  })

  it('shows at an earlier place of the feed what it showed there, and as of a day what both told by then', async () => {
    const at = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    const all = '{ totalCount nodes { ref status reportCount } }'
    const then = (await api.ask(`{ developments ${all} }`)).developments
    await merge({ ref: 'swap', into: 'twin', reason: 'The other way round' })
    const both = await api.ask(
      `query ($at: FeedCursor!) { developments(at: $at) ${all} development(ref: "swap", at: $at) ${asked}
        statements(at: $at, about: ["swap"]) { totalCount } }`,
      { at },
    )
    expect(both).toEqual({
      ...{ developments: then, development: swapOf('AGREED', 1), statements: { totalCount: 0 } },
    })
    const early = await api.ask(
      `{ developments(asOf: "2023-12-10T00:00:00Z") ${all} development(ref: "swap", asOf: "2023-12-10T00:00:00Z") ${asked} }`,
    )
    expect(early).toEqual({
      developments: { totalCount: 1, nodes: [{ ref: 'twin', status: 'AGREED', reportCount: 1 }] },
      development: { ...swapOf('AGREED', 1), ref: 'twin' },
    })
    const late = await api.ask('{ development(ref: "twin", asOf: "2023-12-14T00:00:00Z") { status reportCount } }')
    expect(late).toEqual({ development: { status: 'CARRIED_OUT', reportCount: 2 } })
  })

  it('is withheld with the one that holds it, everywhere, and given back with it', async () => {
    const at = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    await merge(merging)
    const sent = readWithdrawal({ ref: 'swap', reason: 'A hoax' })
    await api.record.write((pen) => retract(pen, sent))
    const query = `query ($at: FeedCursor) { development(ref: "twin", at: $at) { __typename ref ... on Tombstone { reason } } }`
    const hoax = { development: { __typename: 'Tombstone', ref: 'swap', reason: 'A hoax' } }
    expect(await api.ask(query)).toEqual(hoax)
    expect(await api.ask(query, { at })).toEqual(hoax)
    const feed = '{ feed(filter: { status: [CARRIED_OUT] }) { nodes { ref action } } }'
    expect((await api.ask(feed)).feed.nodes).toEqual([
      { ref: 'twin', action: 'MERGED' },
      { ref: 'swap', action: 'RETRACTED' },
    ])
    await api.record.write((pen) => reinstate(pen, sent))
    expect(await api.ask(query, { at })).toEqual({ development: { __typename: 'Exchange', ref: 'twin' } })
  })

  it('is itself again when the merge is undone', async () => {
    const at = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    const query = `query ($at: FeedCursor, $asOf: DateTime) { developments(at: $at, asOf: $asOf) { nodes { ref status reportCount headline } } }`
    const before = [await api.ask(query), await api.ask(query, { asOf: '2023-12-10T00:00:00Z' })]
    await merge(merging)
    const merged = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    expect(await split({ from: 'swap', ref: 'twin', reason: 'Two after all' })).toMatchObject({
      revisions: [
        { ref: 'twin', action: 'REINSTATED' },
        { ref: 'swap', action: 'CORRECTED' },
      ],
    })
    expect([await api.ask(query), await api.ask(query, { asOf: '2023-12-10T00:00:00Z' })]).toEqual(before)
    expect(await api.ask(query, { at })).toEqual(before[0])
    expect((await api.ask(query, { at: merged })).developments.nodes).toHaveLength(2)
    expect((await api.ask('{ development(ref: "twin") { ref } }')).development.ref).toBe('twin')
  })
})

describe('a split development', () => {
  it('was not known before what is left of it was told', async () => {
    await merge(merging)
    await split({ from: 'swap', ref: 'first', headline: 'The agreement', reports: ['r1'], reason: 'Two exchanges' })
    const query = 'query ($asOf: DateTime) { developments(asOf: $asOf) { nodes { ref status } } }'
    const nodes = async (asOf?: string) => (await api.ask(query, { asOf })).developments.nodes
    const first = { ref: 'first', status: 'AGREED' }
    expect(await nodes('2023-12-10T00:00:00Z')).toEqual([first])
    expect(await nodes('2023-12-14T00:00:00Z')).toEqual([
      { ref: 'word', status: null },
      first,
      { ref: 'swap', status: 'CARRIED_OUT' },
    ])
    expect((await api.ask('{ development(ref: "swap", asOf: "2023-12-10T00:00:00Z") { ref } }')).development).toBeNull()
  })
})

describe('a retracted report', () => {
  it('says that it is, why and since when, wherever it is cited; what it claims stands there, deprecated', async () => {
    await merge(merging)
    await retractReport({ report: 'r1', reason: 'Invented' })
    const { development, reports } = await api.ask(`{
      development(ref: "swap") {
        status reportCount independentSourceCount citations { report { ref retraction { reason at } } }
        claims(aspect: [STATUS]) { text rank rankReason standing }
      }
      reports { nodes { ref retraction { reason } } }
    }`)
    const retraction = { reason: 'Invented', at: '2024-01-01T00:00:00.000Z' }
    expect(development).toEqual({
      ...{ status: 'CARRIED_OUT', reportCount: 1, independentSourceCount: 1 },
      citations: [{ report: { ref: 'r1', retraction } }, { report: { ref: 'r2', retraction: null } }],
      claims: [
        { text: 'AGREED', rank: 'DEPRECATED', rankReason: 'Invented', standing: false },
        { text: 'CARRIED_OUT', rank: 'NORMAL', rankReason: null, standing: true },
      ],
    })
    expect(reports.nodes).toEqual([
      { ref: 'r1', retraction: { reason: 'Invented' } },
      { ref: 'r2', retraction: null },
    ])
  })
})
