import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ViewerRole, viewerRoles } from '../../src/feed/viewer.ts'
import { readWithdrawal, retract } from '../../src/ingest/desk.ts'
import { globalId, nodeTypes } from '../../src/schema/globalId.ts'
import { schema } from '../../src/schema/schema.ts'
import { type Answers, answersOf, byRole, differing, saying, streamsOf } from '../support/answersOf.ts'
import { heldDeskOf, until } from '../support/held.ts'
import { openSeedRecord, type Record } from '../support/record.ts'
import { addLookedAt, reachable, walk } from '../support/schemaWalk.ts'
import { openServer } from '../support/server.ts'
import { unmistakable } from '../support/unmistakable.ts'

// What is under an embargo, and what was retracted, in words that are found nowhere else. What a retraction leaves are
// identities: whom, where and which report there is. Their names are none of the content.
const embargoed = { content: 'zanzibarite', names: 'zanzibarite' }
const retracted = { content: 'quixotrial', names: 'palimpsest' }
const secret = /zanzibarite/i
const withheld = /quixotrial/i

/** What readers may not ask. */
const mayOnly = /auditTrail|followers|heldDispatches|^mutation/

/** What this record does not have, and why. */
const untold: { readonly [field: string]: string } = {
  ...Object.fromEntries(
    ['address', 'behindBy', 'connectedSince', 'name', 'position', 'since', 'state', 'transport'].map((field) => [
      `Follower.${field}`,
      'nobody follows while it is asked',
    ]),
  ),
  'OverduePledge.days': 'no pledge of it has run out of time',
  'OverduePledge.pledge': 'no pledge of it has run out of time',
  'Retraction.at': 'no report of it was taken back',
  'Retraction.reason': 'no report of it was taken back',
}

const ids = (names: string) => {
  const of = (what: string) => `${names}-${what}`
  const named = {
    Development: of('talk'),
    Actor: of('actor'),
    Place: of('place'),
    Outlet: of('outlet'),
    Report: of('report'),
  }
  return nodeTypes.map((type) => globalId(type, { ...named, Revision: '1', Process: 'armenia-azerbaijan' }[type]))
}
const list = (values: readonly string[]) => `[${values.map((value) => `"${value}"`).join(', ')}]`
const word = embargoed.names
const seeded = [
  globalId('Development', 'exchange-32-2'),
  globalId('Actor', 'armenia'),
  globalId('Place', 'armenia'),
  globalId('Outlet', 'upi'),
]
const args = {
  actor: ['name: "Armenia"', `name: "${word} alias"`, `name: "${word}-actor"`],
  changes: ['from: "2023-12-01T00:00:00Z"', 'from: "2023-12-01T00:00:00Z", by: RECORDED'],
  development: ['ref: "exchange-32-2"', `ref: "${word}-talk"`, `id: "${globalId('Development', `${word}-talk`)}"`],
  developments: [
    '',
    `filter: { outlet: ["${word}-outlet"] }`,
    `filter: { place: ["${word}-place"] }`,
    `filter: { ref: ["${word}-talk"] }`,
    `filter: { report: ["${word}-report"] }`,
    `filter: { mediator: ["${word} alias"] }`,
  ],
  heldDispatches: ['', 'ended: true'],
  mediators: ['process: "armenia-azerbaijan"'],
  node: [...seeded.slice(0, 1), ...ids(word).slice(0, 1)].map((id) => `id: "${id}"`),
  nodes: [`ids: ${list([...seeded, ...ids(word), ...ids(retracted.names)])}`],
  process: ['ref: "armenia-azerbaijan"'],
  reports: ['', `outlet: ["${word}-outlet"]`],
  search: ['Turkey', word, `${word.slice(0, 5)}*`, retracted.content].map((query) => `query: "${query}"`),
  statements: ['', `about: ["${word}-statement"]`],
  talks: ['', `declinedBy: ["${word} person"]`],
  tally: ['', 'by: [KIND, MEDIATOR, OUTLET], bucket: MONTH, from: "2023-01-01", to: "2023-12-31"'],
}

/** What names what is held, sent by whoever may: it is refused as if that did not exist. */
const meddling = [
  ...['merge(input: { ref: "W-talk", into: "leaders-meetings", reason: "x" }, preview: true)'],
  ...['retract(input: { ref: "W-talk", reason: "x" })', 'reinstate(input: { ref: "W-talk", reason: "x" })'],
  ...['retractReport(input: { report: "W-report", reason: "x" }, preview: true)'],
  ...[
    'participants: [{ actor: "W-actor", role: SUBJECT }]',
    'place: "W-place"',
    'links: [{ type: FOLLOWS, to: "W-talk" }]',
  ].map(
    (field) =>
      `ingest(dispatch: { process: "armenia-azerbaijan", report: { id: "other", published: { precision: UNKNOWN } }, developments: [{ incident: { ref: "other", type: ASSAULT, headline: "x", citations: [{}], ${field} } }] })`,
  ),
].map((field) => ({
  root: 'Mutation',
  query: `mutation { ${field.replaceAll('W-', `${word}-`)} { __typename ... on Refusal { message } } }`,
}))

const who = '{ __typename ref name }'
const what = '{ __typename ref headline }'
const when = '{ __typename earliest latest asReported reason }'
const passage = '{ __typename key locator quotation }'
/** What the walk meets first where this record has nothing of it. */
const elsewhere = [
  `process(ref: "armenia-azerbaijan") { __typename pulse { __typename openPledges ${what} pendingExchanges ${what} undatedTalks ${what}
    lastTalk { __typename count daysAtLeast daysAtMost talks ${what} } overduePledges { __typename days pledge ${what} }
    declined { __typename certain declinedBy ${who} talk ${what} } } }`,
  `exchanges(first: 100) { __typename nodes { __typename participants { __typename actor ${who} citation ${passage} onBehalfOf ${who} }
    legs { __typename citation ${passage} claims { __typename text } count { __typename asReported } heldSince ${when}
      receivedBy ${who} releasedBy ${who}
      groups { __typename key category count { __typename asReported } heldSince ${when} } } } }`,
  `tally(by: [MEDIATOR, ACTOR, OUTLET], bucket: MONTH, from: "2023-01-01", to: "2023-12-31") { __typename groups { __typename
    actor ${who} mediator ${who} outlet ${who} buckets { __typename count } uncertain { __typename count } } }`,
].map((field) => ({ root: /^\w+/.exec(field)?.[0] as string, query: `{ __typename ${field} }` }))

const questions = [...walk(schema, { args }), ...elsewhere, ...meddling]
const rootOf = new Map(questions.map(({ query, root }) => [query, root]))

let record: Record
/** What each role was told, at first by a server over the record as it was, then by another one, over what holds more. */
const before = new Map<ViewerRole, Answers>()
const after = new Map<ViewerRole, Answers>()
let cursor: string
/** When nothing was retracted yet: what a reader was told, to see that the questions do find what is told. */
let shown: Answers
beforeAll(async () => {
  record = await openSeedRecord()
  await record.ingest(unmistakable(retracted))
  // One of which the preview says that it would be refused.
  await record.ingest(until('2090-01-01T00:00:00Z', turned('exchange')))
  await record.ingest(turned('incident'))
  {
    await using server = await openServer(record, { identify: byRole, maxCost: 1e9 })
    shown = await answersOf(server.url, 'READER', questions)
    cursor = await cursorOf(server.url)
  }
  for (const kind of ['statement', 'talk', 'exchange', 'pledge', 'agreement', 'incident']) {
    const withdrawal = readWithdrawal({ ref: `${retracted.names}-${kind}`, reason: 'It was made up' })
    await record.write((pen) => retract(pen, withdrawal))
  }
  await everybody(before)
  const moment = '2090-01-01T00:00:00Z'
  const desk = heldDeskOf(record)
  await record.ingest(until(moment, unmistakable(embargoed)))
  const other = { ...unmistakable(embargoed), copyOf: undefined, developments: [] }
  await desk.discard((await record.ingest(until(moment, other))).dispatch)
  await everybody(after)
}, 600_000)
afterAll(() => record[Symbol.asyncDispose]())

/** Tells of one ref as of one kind or another. */
function turned(kind: 'exchange' | 'incident'): object {
  const told = { ref: 'turned', headline: 'Told as another kind', citations: [{ locator: 'lead' }] }
  const development = { ...told, kind: kind.toUpperCase(), ...(kind === 'incident' && { type: 'ASSAULT' }) }
  return {
    process: 'armenia-azerbaijan',
    report: { id: `turned-${kind}`, published: { precision: 'UNKNOWN' } },
    developments: [development],
  }
}

/** Another server each time: none answers with what it had kept. */
async function everybody(into: Map<ViewerRole, Answers>): Promise<void> {
  await using server = await openServer(record, { identify: byRole, maxCost: 1e9 })
  for (const role of viewerRoles) {
    const answers = await answersOf(server.url, role, questions)
    into.set(role, new Map([...answers, ...(await streamsOf(server.url, role))]))
  }
}

async function cursorOf(url: string): Promise<string> {
  const response = await fetch(`${url}?query={feedHead{cursor}}`, { headers: { authorization: 'READER' } })
  return (await response.json()).data.feedHead.cursor
}

describe('what is under an embargo', () => {
  it.each(['READER', 'INGEST'] as const)(
    'is nowhere for %s: it is told, to the byte, what it was told before',
    (role) => {
      expect(differing(told(before, role), told(after, role))).toEqual([])
      expect(secretsOf(role)).toEqual([])
    },
  )

  it.each([
    ['DESK', ['heldDispatches']],
    ['ADMIN', ['auditTrail', 'heldDispatches']],
  ] as const)('is seen by %s in %j, and nowhere else', (role, roots) => {
    // Who follows is another one each time, and none of the record.
    const changed = differing(told(before, role), told(after, role)).filter(
      (asked) => rootOf.get(asked) !== 'followers',
    )
    expect([...new Set(changed.map((asked) => rootOf.get(asked) ?? asked))].sort()).toEqual(roots)
    expect(secretsOf(role)).toEqual(changed)
  })
})

const told = (answers: ReadonlyMap<ViewerRole, Answers>, role: ViewerRole) => answers.get(role) as Answers

/** What was asked and tells of it now; not where a refusal only gives back what it was asked, as it did before. */
function secretsOf(role: ViewerRole): string[] {
  return saying(told(after, role), secret).filter((asked) => !secret.test(told(before, role).get(asked) as string))
}

describe('what was retracted', () => {
  it('was told to readers before, in every text of it', () => {
    const text = saying(shown, withheld)
      .map((asked) => shown.get(asked))
      .join()
    const words = [...JSON.stringify(unmistakable(retracted)).matchAll(/"(quixotrial [^"]*)"/g)].map(
      ([, words]) => words,
    )
    expect([...new Set(words)].filter((one) => !text.includes(one as string))).toEqual([])
  })

  it('is nowhere for them: not now, not at a moment or a place of the feed before, not in a replay or an export', async () => {
    const asOf = '2023-12-31T00:00:00Z'
    await using server = await openServer(record, { identify: byRole, maxCost: 1e9 })
    const viewpoints = [[], [['asOf', asOf]], [['at', cursor]]]
    for (const viewpoint of viewpoints) {
      const everywhere = Object.fromEntries(viewpoint.map(([name, value]) => [name, `"${value}"`]))
      const answers = await answersOf(server.url, 'READER', walk(schema, { args, everywhere }))
      expect(saying(answers, withheld).filter((asked) => !withheld.test(asked))).toEqual([])
    }
    const streams = await streamsOf(server.url, 'READER', ['', `&asOf=${asOf}`, `&at=${cursor}`])
    expect(saying(streams, withheld)).toEqual([])
  }, 120_000)
})

it('every field of the schema is looked at where it is, or it is said why not', () => {
  const fields = new Set<string>()
  const failed: string[] = []
  const answers = [...told(after, 'ADMIN'), ...[...shown].filter(([asked]) => !mayOnly.test(asked))]
  for (const [asked, text] of answers) {
    if (!rootOf.has(asked)) continue
    const { data, errors } = JSON.parse(text.slice(text.indexOf('{')))
    // The names of what is held are nobody's: a question by them is refused.
    if (errors !== undefined && !secret.test(asked)) failed.push(errors[0].message)
    addLookedAt(data, fields)
  }
  expect([...new Set(failed)]).toEqual([])
  const silent = reachable(schema).filter((field) => !fields.has(field))
  expect(silent.sort()).toEqual(Object.keys(untold).sort())
})
