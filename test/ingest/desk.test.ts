import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { openRecord, type Record } from '../support/record.ts'
import { stateOf } from '../support/refused.ts'
import { revisionsOf } from '../support/revisions.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
beforeAll(async () => {
  record = await openRecord()
})
afterAll(() => record[Symbol.asyncDispose]())

// Every test has a development of its own, so that they share the record.
let ref = 'swap-0'
let round = 0
beforeEach(() => {
  round++
  ref = `swap-${round}`
})

const now = new Date('2024-03-01T12:00:00Z')

/** A report of its own for this test's development. */
function report(name: string, on: string, fields: Partial<Parameters<typeof exchange>[0]> = {}) {
  const outlet = name.startsWith('wire') ? 'wire' : 'gazette'
  return dispatchOf({ id: `${name}-${round}`, outlet, on }, exchange({ status: 'AGREED', on, ref, ...fields }))
}

const desk = {
  correct: (sent: object) =>
    record.write(
      (pen) => correct(pen, readCorrection({ ref, reason: 'The desk says so', basis: 'OUR_MISTAKE', ...sent })),
      now,
    ),
  retract: (reason = 'Not true') => record.write((pen) => retract(pen, readWithdrawal({ ref, reason })), now),
  reinstate: (reason = 'True after all') => record.write((pen) => reinstate(pen, readWithdrawal({ ref, reason })), now),
}

const revisions = () => revisionsOf(record.database, ref)

type Revision = Awaited<ReturnType<typeof revisions>>[number]

async function current(): Promise<Revision> {
  const all = await revisions()
  return all.find((r) => r.supersededBy === null) as Revision
}

const counted = (revision: Revision | undefined) => (revision?.legs[0]?.count as { best: number } | null)?.best
const count = (best: number) => ({ figure: { measure: 'RELEASED', best } })
const leg = { aspect: 'FIGURE', key: 'leg/from-north' }

/** How the claims of the leg's count stand: number, rank, whether it is the one that the record shows. */
function counts({ claims }: Revision): unknown[] {
  return claims
    .filter((c) => c.aspect === 'FIGURE')
    .map((c) => [(c.value as { figure: { best: number } }).figure.best, c.rank, c.standing])
}

describe('a correction', () => {
  it('that deprecates lets the next claim stand, and says why', async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await record.ingest(report('gazette', '2023-12-08', { count: 31 }))
    await desk.correct({ changes: [{ deprecate: { ...leg, value: count(32) } }] })
    const corrected = await current()
    expect(corrected).toMatchObject({ action: 'CORRECTED', reason: 'The desk says so', dispatchId: null })
    expect(counted(corrected)).toBe(31)
    expect(counts(corrected)).toEqual([
      [32, 'DEPRECATED', false],
      [31, 'NORMAL', true],
    ])
    expect(corrected.claims.find((c) => c.rank === 'DEPRECATED')?.rankReason).toBe('The desk says so')
  })

  it('of all that stands at a key does not reach for what later reports will say', async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await desk.correct({ changes: [{ deprecate: leg }] })
    await record.ingest(report('gazette', '2023-12-08', { count: 31 }))
    expect(counts(await current())).toEqual([
      [32, 'DEPRECATED', false],
      [31, 'NORMAL', true],
    ])
  })

  it('that prefers beats the number of sources', async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await record.ingest(report('gazette', '2023-12-08', { count: 31 }))
    await desk.correct({ changes: [{ prefer: { ...leg, value: count(31) } }] })
    expect(counted(await current())).toBe(31)
  })

  it('that replaces keeps the replaced value beside the new one', async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await desk.correct({ changes: [{ replace: { ...leg, value: count(32), by: count(33) } }] })
    expect(counts(await current())).toEqual([
      [32, 'DEPRECATED', false],
      [33, 'NORMAL', true],
    ])
  })

  it('of our mistake holds from the evidence on: what was known earlier is told anew', async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await record.ingest(report('wire-b', '2023-12-09', { count: 32, status: 'CARRIED_OUT' }))
    await desk.correct({ changes: [{ replace: { ...leg, value: count(32), by: count(33) } }] })
    const written = (await revisions()).slice(2)
    expect(written.map((r) => [r.action, r.knownAt.toISOString(), r.knownUntil?.toISOString(), counted(r)])).toEqual([
      ['BACKDATED', '2023-12-07T23:59:59.999Z', '2023-12-09T23:59:59.999Z', 33],
      ['CORRECTED', '2023-12-09T23:59:59.999Z', undefined, 33],
    ])
  })

  it("of a source's change of mind holds from now: what was known earlier stays", async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await desk.correct({ basis: 'SOURCE_CHANGED', changes: [{ replace: { ...leg, value: count(32), by: count(33) } }] })
    const written = await revisions()
    expect(written.map((r) => [r.action, r.knownAt.toISOString(), counted(r)])).toEqual([
      ['CREATED', '2023-12-07T23:59:59.999Z', 32],
      ['CORRECTED', now.toISOString(), 33],
    ])
  })

  it("of a source's change of mind is not undone by a report that arrives late", async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await desk.correct({ basis: 'SOURCE_CHANGED', changes: [{ replace: { ...leg, value: count(32), by: count(33) } }] })
    await record.ingest(report('gazette', '2023-12-08', { count: 32 }))
    const written = (await revisions()).slice(2)
    expect(written.map((r) => [r.action, r.knownAt.toISOString(), counted(r)])).toEqual([
      ['BACKDATED', '2023-12-08T23:59:59.999Z', 32],
      ['AMENDED', now.toISOString(), 33],
    ])
  })

  it('is not undone by the next copy of the same evidence', async () => {
    await record.ingest(report('wire-a', '2023-12-07', { count: 32 }))
    await record.ingest(report('gazette-a', '2023-12-08', { count: 31 }))
    await desk.correct({ changes: [{ deprecate: { ...leg, value: count(32) } }] })
    await record.ingest(report('wire-b', '2023-12-10', { count: 32 }))
    await record.ingest(report('gazette-b', '2023-12-11', { count: 32 }))
    const amended = await current()
    expect(amended.action).toBe('AMENDED')
    expect(counted(amended)).toBe(31)
    expect(counts(amended)).toEqual([
      [32, 'DEPRECATED', false],
      [31, 'NORMAL', true],
      [32, 'DEPRECATED', false],
      [32, 'DEPRECATED', false],
    ])
  })

  it('is what takes a status back: evidence alone does not', async () => {
    await record.ingest(report('wire-a', '2023-12-13', { status: 'CARRIED_OUT' }))
    await record.ingest(report('wire-b', '2023-12-14', { status: 'AGREED' }))
    expect(await current()).toMatchObject({ action: 'AMENDED', status: 'CARRIED_OUT' })
    await desk.correct({ changes: [{ deprecate: { aspect: 'STATUS', value: { status: 'CARRIED_OUT' } } }] })
    const corrected = await current()
    expect(corrected).toMatchObject({ action: 'CORRECTED', status: 'AGREED' })
    expect(corrected.milestones.map((m) => m.status)).toEqual(['AGREED'])
  })

  it('of the headline outlives later evidence', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await desk.correct({ headline: 'Two neighbours agree to exchange prisoners', summary: 'At last.' })
    await record.ingest(report('gazette', '2023-12-20', { headline: 'Another headline' }))
    expect(await current()).toMatchObject({
      action: 'AMENDED',
      headline: 'Two neighbours agree to exchange prisoners',
      summary: 'At last.',
    })
  })

  it('takes names as a dispatch does', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await desk.correct({
      changes: [{ deprecate: { aspect: 'PARTICIPANT', key: 'PARTY', value: { actor: { id: 'Southville' } } } }],
    })
    const parties = (await current()).participations.filter((p) => p.role === 'PARTY')
    expect(parties.map((p) => p.actorId)).toEqual(['north'])
  })

  it.each([
    [
      'meets no claim',
      { changes: [{ deprecate: { ...leg, value: count(99) } }] },
      'changes[0]: must meet a claim of the development, by aspect, key and value',
    ],
    [
      'meets no claim of that report',
      { changes: [{ deprecate: { ...leg, report: 'elsewhere' } }] },
      'changes[0]: must meet a claim of the development, by aspect, key and value',
    ],
    ['changes nothing', { changes: [] }, 'the dispatch: must change something: the record says this already'],
    [
      'does two things at once',
      { changes: [{ deprecate: leg, prefer: leg }] },
      'changes[0]: must have exactly one member, got {"deprecate"',
    ],
    [
      'puts another kind of value in the place of a figure',
      { changes: [{ replace: { ...leg, by: { text: 'many' } } }] },
      'changes[0].replace.by: must have the member figure for aspect FIGURE, got {"text":"many"}',
    ],
    [
      'gives it a status that its kind does not have',
      { changes: [{ replace: { aspect: 'STATUS', by: { status: 'HELD' } } }] },
      'changes[0].replace.by: must be one of PROPOSED, AGREED, SCHEDULED, PARTLY_CARRIED_OUT, CARRIED_OUT, CANCELLED, FAILED, got {"status":"HELD"}',
    ],
    [
      'gives it a form that does not exist',
      { changes: [{ replace: { aspect: 'CONTENT', key: 'form', by: { text: 'GIFT' } } }] },
      'changes[0].replace.by: must have as text one of RECIPROCAL, ONE_SIDED, got {"text":"GIFT"}',
    ],
    [
      'names nobody',
      { changes: [{ deprecate: { aspect: 'PARTICIPANT', key: 'PARTY', value: { actor: { id: 'Nobody' } } } }] },
      'changes[0].deprecate.value.actor.id: must name an actor that the record knows',
    ],
    [
      'is of nothing',
      { ref: 'nothing', headline: 'x' },
      'ref: must be the ref of a development in the record, got "nothing"',
    ],
    ['has no reason', { reason: undefined, headline: 'x' }, 'reason: must be a string'],
  ])('that %s is refused and changes nothing', async (_, sent, message) => {
    await record.ingest(report('wire-a', '2023-12-07'))
    const before = await stateOf(record)
    await expect((async () => desk.correct(sent))()).rejects.toThrow(message)
    expect(await stateOf(record)).toEqual(before)
  })
})

describe('a retraction', () => {
  it('leaves a tombstone with the reason and without content, and withholds the development', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await desk.retract('The report was invented')
    const [first, tombstone] = await revisions()
    expect(first?.supersededBy).toBe(tombstone?.position)
    expect(tombstone).toMatchObject({
      ...{
        action: 'RETRACTED',
        reason: 'The report was invented',
        number: 2,
        supersededBy: null,
        headline: 'Retracted',
      },
      ...{ summary: null, when: null, placeId: null, status: null, reportCount: 0, changes: [] },
      ...{ claims: [], legs: [], citations: [], participations: [], milestones: [] },
    })
    const development = await record.database.prisma.development.findUnique({ where: { id: ref } })
    expect(development?.withheld).toBe(true)
  })

  it('keeps the evidence that comes in, which joins at the reinstatement', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await desk.retract()
    const head = await record.head()
    expect(await record.ingest(report('gazette', '2023-12-08'))).toMatchObject({
      ...{ created: [], amended: [], withheld: [ref], revisions: 0, unchanged: false },
    })
    expect(await record.head()).toBe(head)

    await desk.reinstate()
    const back = await current()
    expect(back).toMatchObject({ action: 'REINSTATED', reason: 'True after all', reportCount: 2, knownUntil: null })
    const development = await record.database.prisma.development.findUnique({ where: { id: ref } })
    expect(development?.withheld).toBe(false)
  })

  it('and what was learnt meanwhile of earlier days is told at the reinstatement', async () => {
    await record.ingest(report('wire-a', '2023-12-13', { status: 'CARRIED_OUT' }))
    await desk.retract()
    await record.ingest(report('gazette', '2023-12-07', { status: 'AGREED' }))
    await desk.reinstate()
    const written = (await revisions()).slice(2)
    expect(written.map((r) => [r.action, r.status, r.knownAt.toISOString()])).toEqual([
      ['BACKDATED', 'AGREED', '2023-12-07T23:59:59.999Z'],
      ['REINSTATED', 'CARRIED_OUT', '2023-12-13T23:59:59.999Z'],
    ])
  })

  it('is told as taken back even where nothing was learnt, and can be repeated', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await desk.retract()
    await desk.reinstate()
    await desk.retract()
    await desk.reinstate()
    const actions = (await revisions()).map((r) => r.action)
    expect(actions).toEqual(['CREATED', 'RETRACTED', 'REINSTATED', 'RETRACTED', 'REINSTATED'])
  })

  it('bars corrections until it is taken back', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await desk.retract()
    const before = await stateOf(record)
    await expect(desk.correct({ headline: 'x' })).rejects.toThrow(
      `ref: must be reinstated before it is corrected, got "${ref}"`,
    )
    await expect(desk.retract()).rejects.toThrow(`ref: must not be retracted already, got "${ref}"`)
    expect(await stateOf(record)).toEqual(before)
  })

  it('cannot be taken back where there is none', async () => {
    await record.ingest(report('wire-a', '2023-12-07'))
    await expect(desk.reinstate()).rejects.toThrow(`ref: must be retracted before it is reinstated, got "${ref}"`)
  })
})
