import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readSplit } from '../../src/ingest/split.ts'
import { type Mending, mendingOf } from '../support/mending.ts'
import { openRecord, type Record } from '../support/record.ts'
import { stateOf } from '../support/refused.ts'
import { revisionsOf } from '../support/revisions.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
let desk: Mending
beforeAll(async () => {
  record = await openRecord()
  desk = mendingOf(record)
})
afterAll(() => record[Symbol.asyncDispose]())

// Every test has developments of its own, so that they share the record.
let round = 0
let [swap, other] = ['', '']
beforeEach(() => {
  round++
  ;[swap, other] = [`swap-${round}`, `other-${round}`]
})

const idOf = (name: string) => `${name}-${round}`
function report(name: string, on: string, fields: Partial<Parameters<typeof exchange>[0]> = {}) {
  const outlet = name.startsWith('wire') ? 'wire' : 'gazette'
  return dispatchOf({ id: idOf(name), outlet, on }, exchange({ ref: swap, status: 'AGREED', on, ...fields }))
}

const revisions = (ref: string) => revisionsOf(record.database, ref)

const told = (rows: Awaited<ReturnType<typeof revisions>>) =>
  rows.map((r) => [r.action, r.status, r.knownAt.toISOString().slice(0, 10), r.reportCount, r.empty])

/** One passage of a report is about one exchange, the other one about another. */
const twoPassages = {
  citations: [
    { key: 'lead', locator: 'lead' },
    { key: 'end', locator: 'end' },
  ],
  participants: [
    { actor: 'North', role: 'PARTY' },
    { actor: 'The Envoy', role: 'FACILITATOR', citation: 'end' },
  ],
  legs: [
    { key: 'from-north', releasedBy: 'North', receivedBy: 'South', count: { best: 32 } },
    { key: 'from-south', releasedBy: 'South', receivedBy: 'North', count: { best: 2 }, citation: 'end' },
  ],
}

describe('a split by reports', () => {
  it('gives what they tell to a development of its own, which is there before the other one loses it', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-13', { status: 'CARRIED_OUT' }))
    const head = await record.head()
    await desk.split({ from: swap, ref: other, headline: 'Another exchange', reports: [idOf('gazette')] })
    expect(told(await revisions(other))).toEqual([['CREATED', 'CARRIED_OUT', '2023-12-13', 1, false]])
    expect(told((await revisions(swap)).slice(2))).toEqual([['CORRECTED', 'AGREED', '2023-12-07', 1, false]])
    expect((await revisions(other))[0]).toMatchObject({
      position: head + 1,
      headline: 'Another exchange',
      kind: 'EXCHANGE',
    })
    expect((await revisions(swap)).at(-1)).toMatchObject({ position: head + 2, reason: 'The desk says so' })
  })

  it('that takes the earliest away leaves nothing known of those days', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-13', { status: 'CARRIED_OUT' }))
    await desk.split({ from: swap, ref: other, headline: 'Another exchange', reports: [idOf('wire')] })
    expect(told((await revisions(swap)).slice(2))).toEqual([
      ['BACKDATED', null, '2023-12-07', 0, true],
      ['CORRECTED', 'CARRIED_OUT', '2023-12-13', 1, false],
    ])
  })

  it('holds for what arrives later of the same report, and not for other reports', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    const split = report('gazette', '2023-12-08')
    await record.ingest(split)
    await desk.split({ from: swap, ref: other, headline: 'Another exchange', reports: [idOf('gazette')] })
    expect(await record.ingest(split)).toMatchObject({ unchanged: true, revisions: 0 })
    const second = report('gazette', '2023-12-08', { count: 31, citations: [{ key: 'second', locator: 'below' }] })
    expect(await record.ingest(second)).toMatchObject({ created: [], amended: [other] })
    expect(await record.ingest(report('wire-late', '2023-12-09'))).toMatchObject({ created: [], amended: [swap] })
    expect(
      (await revisions(other))
        .at(-1)
        ?.citations.map((c) => c.key)
        .sort(),
    ).toEqual([`${idOf('gazette')}#c1`, `${idOf('gazette')}#second`])
  })
})

describe('a split by passages', () => {
  it('gives each value to the one whose passage carries it', async () => {
    await record.ingest(report('wire', '2023-12-07', twoPassages))
    await desk.split({ from: swap, ref: other, headline: 'Two freed', passages: [`${idOf('wire')}#end`] })
    const [gone, kept] = [(await revisions(other)).at(-1), (await revisions(swap)).at(-1)]
    const shape = (row: typeof gone) => [
      row?.headline,
      row?.status,
      row?.citations.map((c) => c.key),
      row?.legs.map((leg) => leg.key),
      row?.participations.map((p) => `${p.actorId} ${p.role}`),
    ]
    expect(shape(gone)).toEqual([
      ...['Two freed', null, [`${idOf('wire')}#end`], ['from-south']],
      ['envoy FACILITATOR', 'south RELEASER', 'north RECEIVER'],
    ])
    expect(shape(kept)).toEqual([
      ...['Prisoner exchange agreed', 'AGREED', [`${idOf('wire')}#lead`], ['from-north']],
      ['north PARTY', 'north RELEASER', 'south RECEIVER'],
    ])
  })

  it('takes a group along whose leg stays, with whose leg it is', async () => {
    const groups = [{ key: 'women', count: { best: 3 }, citation: 'end' }]
    const legs = [{ key: 'from-north', releasedBy: 'North', receivedBy: 'South', count: { best: 32 }, groups }]
    await record.ingest(report('wire', '2023-12-07', { ...twoPassages, legs }))
    await desk.split({ from: swap, ref: other, headline: 'Three freed', passages: [`${idOf('wire')}#end`] })
    const legsOf = async (ref: string) => (await revisions(ref)).find(({ supersededBy }) => supersededBy === null)?.legs
    expect(await legsOf(other)).toMatchObject([{ releasedById: 'north', count: null, groups: [{ key: 'women' }] }])
    expect(await legsOf(swap)).toMatchObject([{ releasedById: 'north', count: { best: 32 }, groups: [] }])
  })
})

describe('a split that undoes a merge', () => {
  it('gives back what was told under the old ref, before, meanwhile and from now on', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-08', { ref: other, count: 31 }))
    const alone = await revisions(other)
    await desk.merge(other, swap)
    await record.ingest(report('wire-b', '2023-12-09', { ref: other, status: 'CARRIED_OUT' }))
    expect((await revisions(swap)).at(-1)).toMatchObject({ status: 'CARRIED_OUT', reportCount: 3 })

    await desk.split({ from: swap, ref: other })
    expect(told((await revisions(other)).slice(2))).toEqual([['REINSTATED', 'CARRIED_OUT', '2023-12-09', 2, false]])
    expect((await revisions(swap)).at(-1)).toMatchObject({ action: 'CORRECTED', status: 'AGREED', reportCount: 1 })
    expect(alone[0]?.headline).toBe((await revisions(other))[0]?.headline)
    expect(await record.ingest(report('wire-c', '2023-12-10', { ref: other }))).toMatchObject({ amended: [other] })
    const development = await record.database.prisma.development.findUnique({ where: { id: other } })
    expect(development?.mergedIntoId).toBeNull()
  })

  it('and again, and again', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-08', { ref: other, count: 31 }))
    for (let i = 0; i < 2; i++) {
      await desk.merge(other, swap)
      await desk.split({ from: swap, ref: other })
    }
    const actions = (await revisions(other)).map((r) => r.action)
    expect(actions).toEqual(['CREATED', 'MERGED', 'REINSTATED', 'MERGED', 'REINSTATED'])
    expect((await revisions(other)).at(-1)).toMatchObject({ reportCount: 1, headline: 'Prisoner exchange agreed' })
  })
})

describe('a split', () => {
  it.each<[what: string, sent: () => object, message: () => string]>([
    [
      'of nothing',
      () => ({ from: 'nothing' }),
      () => 'from: must be the ref of a development in the record, got "nothing"',
    ],
    [
      'under a ref that is taken',
      () => ({ ref: `taken-${round}` }),
      () => `ref: must be a new ref, or one that was merged into ${swap}, got "taken-${round}"`,
    ],
    [
      'without a headline',
      () => ({ headline: undefined }),
      () => 'headline: must be given: what is split off is told as one with the rest',
    ],
    ['that names nothing', () => ({ reports: [] }), () => 'reports: must name what is split off, or `passages` must'],
    [
      'of a report that does not tell it',
      () => ({ reports: ['elsewhere'] }),
      () => `reports[0]: must be a report that tells ${swap}, got "elsewhere"`,
    ],
    [
      'of a passage that is not cited',
      () => ({ passages: ['elsewhere#lead'] }),
      () => `passages[0]: must be the key of a citation of ${swap}, got "elsewhere#lead"`,
    ],
    [
      'that leaves one of them nothing',
      () => ({ reports: [idOf('wire'), idOf('gazette')] }),
      () =>
        `from: must keep a passage of a report that was not retracted, and so must what is split off, got "${swap}"`,
    ],
  ])('%s is refused and changes nothing', async (_what, sent, message) => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-08'))
    await record.ingest(report('wire-b', '2023-12-08', { ref: `taken-${round}` }))
    const before = await stateOf(record)
    const usual = { from: swap, ref: other, headline: 'Another exchange', reports: [idOf('gazette')] }
    await expect(desk.split({ ...usual, ...sent() })).rejects.toThrow(message())
    expect(await stateOf(record)).toEqual(before)
  })

  it('without a reason is refused', () => {
    expect(() => readSplit({ from: 'a', ref: 'b', headline: 'x' })).toThrow('reason: must be a string')
  })
})
