import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { type Keyed, openKeyed } from '../support/keyed.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
let keyed: Keyed
let keys: { readonly ingest: string; readonly desk: string; readonly admin: string }
beforeAll(async () => {
  record = await openRecord()
  keyed = await openKeyed(record)
  keys = { ingest: await keyed.make('INGEST'), desk: await keyed.make('DESK'), admin: await keyed.make('ADMIN') }
})
afterAll(async () => {
  await keyed[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

// biome-ignore lint/suspicious/noExplicitAny: what comes back is what the test asks for
async function asked(key: string, query: string, variables: object = {}): Promise<any> {
  const { data, errors } = await ask(keyed.server.url, query, variables, { authorization: `Bearer ${key}` })
  expect(errors).toBeUndefined()
  return data
}

interface Entry {
  readonly act: string
  readonly subject: string
  readonly who: string
  readonly fromAddress: string
  readonly at: string
  readonly dispatch: string | null
  // biome-ignore lint/suspicious/noExplicitAny: what was sent
  readonly body: any
}

const FIELDS = 'act subject who fromAddress at dispatch body'
const trail = async (): Promise<Entry[]> =>
  (await asked(keys.admin, `{ auditTrail(first: 100) { nodes { ${FIELDS} } } }`)).auditTrail.nodes
const named = (key: string, label: string) => `key ${key.split('_')[1]} (${label})`

const INGEST =
  'mutation ($dispatch: DispatchInput!) { ingest(dispatch: $dispatch) { __typename ... on Accepted { dispatch unchanged } ... on Refusal { message } } }'
const { kind: _kind, ...swap } = exchange({ status: 'AGREED', on: '2023-12-07' }) as { kind: string }
const dispatch = (id: string) => ({
  ...dispatchOf({ id, outlet: 'wire', on: '2023-12-07' }),
  developments: [{ exchange: swap }],
})

let before: number
beforeEach(async () => {
  before = (await trail()).length
})
const fresh = async () => (await trail()).slice(0, -before || undefined)

describe('the audit trail', () => {
  it('says of a dispatch who sent it, when, from where, and what it was', async () => {
    const began = new Date()
    const { ingest } = await asked(keys.ingest, INGEST, { dispatch: dispatch('r1') })
    const [entry, ...more] = await fresh()
    expect(more).toEqual([])
    expect(entry).toMatchObject({
      ...{ act: 'INGEST', subject: 'r1', who: named(keys.ingest, 'ingest'), fromAddress: '127.0.0.1' },
      ...{ dispatch: ingest.dispatch, body: { report: { id: 'r1' }, developments: [{ ref: 'swap' }] } },
    })
    expect(new Date(entry?.at ?? 0).getTime()).toBeGreaterThanOrEqual(began.getTime())
  })

  it('says nothing of what wrote nothing: a repetition, a refusal, a preview, a role that does not suffice', async () => {
    expect((await asked(keys.ingest, INGEST, { dispatch: dispatch('r1') })).ingest.unchanged).toBe(true)
    const wrong = { ...dispatch('r2'), process: 'nowhere' }
    expect((await asked(keys.ingest, INGEST, { dispatch: wrong })).ingest.__typename).toBe('Refusal')
    const preview =
      'mutation { retractReport(preview: true, input: { report: "r1", reason: "x" }) { __typename ... on Mended { isPreview } } }'
    expect((await asked(keys.desk, preview)).retractReport.isPreview).toBe(true)
    const forbidden = await ask(keyed.server.url, preview, {}, { authorization: `Bearer ${keys.ingest}` })
    expect(forbidden.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    expect(await fresh()).toEqual([])
  })

  it('says of each thing that the desk does what it was told', async () => {
    const desk = (mutation: string) => asked(keys.desk, `mutation { ${mutation} { __typename } }`)
    await desk('correct(input: { ref: "swap", reason: "clearer", basis: OUR_MISTAKE, headline: "Said plainly" })')
    await desk('retract(input: { ref: "swap", reason: "doubtful" })')
    await desk('reinstate(input: { ref: "swap", reason: "confirmed" })')
    await desk('retractReport(input: { report: "r1", reason: "withdrawn" })')
    const who = named(keys.desk, 'desk')
    expect(await fresh()).toMatchObject([
      { act: 'RETRACT_REPORT', subject: 'r1', who, body: { reason: 'withdrawn' } },
      { act: 'REINSTATE', subject: 'swap', who, body: { reason: 'confirmed' } },
      { act: 'RETRACT', subject: 'swap', who, body: { reason: 'doubtful' } },
      { act: 'CORRECT', subject: 'swap', who, body: { reason: 'clearer', headline: 'Said plainly' } },
    ])
  })

  it('is read in pages, of one act or one author, and by nobody below ADMIN', async () => {
    const page = (args: string) =>
      asked(
        keys.admin,
        `{ auditTrail(${args}) { edges { cursor node { act subject } } pageInfo { hasNextPage endCursor } } }`,
      )
    const all = (await trail()).map(({ act, subject }) => ({ act, subject }))
    const found: object[] = []
    for (let after = ''; ; ) {
      const { edges, pageInfo } = (await page(`first: 2 ${after}`)).auditTrail
      for (const { node } of edges) found.push(node)
      if (!pageInfo.hasNextPage) break
      after = `after: "${pageInfo.endCursor}"`
    }
    expect(found).toEqual(all)
    expect(all.at(-1)).toEqual({ act: 'OPEN_PROCESS', subject: 'north-south' })
    const keysMade = (await page('act: MAKE_KEY')).auditTrail.edges
    expect(keysMade.map(({ node }: { node: Entry }) => node.act)).toEqual(['MAKE_KEY', 'MAKE_KEY', 'MAKE_KEY'])
    const mine = (await page(`who: ${JSON.stringify(named(keys.ingest, 'ingest'))}`)).auditTrail.edges
    expect(mine).toMatchObject([{ node: { act: 'INGEST', subject: 'r1' } }])
    const wrong = await ask(
      keyed.server.url,
      '{ auditTrail(after: "x") { nodes { act } } }',
      {},
      { authorization: `Bearer ${keys.admin}` },
    )
    expect(wrong.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    const { errors } = await ask(
      keyed.server.url,
      '{ auditTrail { nodes { act } } }',
      {},
      { authorization: `Bearer ${keys.desk}` },
    )
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })

  it('is only added to: the database refuses to change it', async () => {
    const { pool } = record.database
    await expect(pool.query(`update "Audit" set who = 'nobody'`)).rejects.toThrow(/append-only/)
    await expect(pool.query('delete from "Audit"')).rejects.toThrow(/append-only/)
    await expect(pool.query('truncate "Audit"')).rejects.toThrow(/append-only/)
  })

  it('is answered anew each time, and each viewer is told its own name', async () => {
    const name = async (key: string) =>
      (await asked(key, '{ viewer { name role mayIngest mayEdit mayAdminister } }')).viewer
    const other = await keyed.make('DESK', 'the other desk')
    expect(await name(keys.desk)).toEqual({
      ...{ name: named(keys.desk, 'desk'), role: 'DESK', mayIngest: true, mayEdit: true, mayAdminister: false },
    })
    expect((await name(other)).name).toBe(named(other, 'the other desk'))
    expect((await fresh())[0]).toMatchObject({ act: 'MAKE_KEY', subject: other.split('_')[1] })
  })
})
