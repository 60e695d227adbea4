import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ingestDocuments, type Outcome } from '../../src/ingest/batch.ts'
import { readWithdrawal, reinstate } from '../../src/ingest/desk.ts'
import { readDocuments } from '../../src/ingest/reader.ts'
import { count, emptySummary, refusalLine, summaryLines } from '../../src/ingest/summary.ts'
import { tester } from '../support/author.ts'
import { openRecord, type Record } from '../support/record.ts'
import { revisionsOf } from '../support/revisions.ts'
import { dispatchOf, exchange, processDocument } from '../support/sample.ts'

let record: Record
beforeEach(async () => {
  record = await openRecord()
})
afterEach(() => record[Symbol.asyncDispose]())

const on = '2023-12-07'
const told = (report: string) => dispatchOf({ id: report, outlet: 'wire', on }, exchange({ status: 'AGREED', on }))
const correct = {
  ref: 'swap',
  reason: 'Clearer',
  basis: 'OUR_MISTAKE',
  knownAt: '2023-12-07T23:59:59.999Z',
  headline: 'Said plainly',
}
const retract = { ref: 'swap', kind: 'EXCHANGE', process: 'north-south', reason: 'It was invented' }

async function ingest(...documents: object[]): Promise<Outcome[]> {
  const text = documents.map((document) => `${JSON.stringify(document)}\n`).join('')
  const outcomes: Outcome[] = []
  await ingestDocuments(readDocuments(['-'], { stdin: Readable.from([Buffer.from(text)]) }), {
    ...{ pool: record.database.pool, now: () => new Date('2024-01-01T00:00:00Z'), author: tester },
    onOutcome: (outcome) => outcomes.push(outcome),
  })
  return outcomes
}

function summaryOf(outcomes: readonly Outcome[]): string[] {
  const summary = emptySummary()
  for (const outcome of outcomes) count(summary, outcome)
  return summaryLines(summary)
}

const refused = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap((o) => ('problems' in o ? o.problems.map((problem) => refusalLine(o.source, problem)) : []))

async function current() {
  return record.database.prisma.revision.findFirst({ where: { developmentId: 'swap', supersededBy: null } })
}

describe('a document of what a desk did', () => {
  it('corrects, once however often it comes, also where the evidence comes again', async () => {
    expect(summaryOf(await ingest(told('r1'), { correct }))[0]).toBe('2 documents: 2 accepted, 0 unchanged, 0 refused')
    expect(await current()).toMatchObject({
      action: 'CORRECTED',
      reason: 'Clearer',
      headline: 'Said plainly',
      number: 2,
    })
    expect(summaryOf(await ingest(told('r1'), { correct }))[0]).toBe('2 documents: 0 accepted, 2 unchanged, 0 refused')
    expect(await record.head()).toBe(2)
  })

  it('is kept where it changes nothing yet, and holds for what comes later', async () => {
    const changes = [
      { deprecate: { aspect: 'FIGURE', key: 'leg/from-north', value: { figure: { measure: 'RELEASED', best: 40 } } } },
    ]
    await ingest(told('r1'), { correct: { ...correct, headline: undefined, changes } })
    expect(await record.head()).toBe(1)
    await record.ingest(dispatchOf({ id: 'r2', outlet: 'gazette', on }, exchange({ status: 'AGREED', on, count: 40 })))
    const current = (await revisionsOf(record.database)).find(({ supersededBy }) => supersededBy === null)
    const figures = current?.claims.filter(({ aspect }) => aspect === 'FIGURE')
    expect(figures).toHaveLength(2)
    expect(figures).toContainEqual(expect.objectContaining({ rank: 'DEPRECATED', standing: false }))
    expect(figures).toContainEqual(expect.objectContaining({ rank: 'NORMAL', standing: true }))
  })

  it('retracts, and withholds what the record has not heard of yet', async () => {
    await ingest({ retract })
    expect(await current()).toMatchObject({
      action: 'RETRACTED',
      reason: 'It was invented',
      number: 1,
      headline: 'Retracted',
    })
    const outcomes = await ingest({ retract }, told('r1'))
    expect(summaryOf(outcomes)).toEqual([
      '2 documents: 1 accepted, 1 unchanged, 0 refused',
      '0 developments created, 0 added to',
      '1 retracted development stay withheld; the evidence is kept',
    ])
    await record.write((pen) => reinstate(pen, readWithdrawal({ ref: 'swap', reason: 'True after all' })))
    expect(await current()).toMatchObject({ action: 'REINSTATED', headline: 'Prisoner exchange agreed' })
  })

  it('cannot give back what was never told of', async () => {
    await ingest({ retract })
    const back = record.write((pen) => reinstate(pen, readWithdrawal({ ref: 'swap', reason: 'True after all' })))
    await expect(back).rejects.toThrow('ref: must be told of by a dispatch first, got "swap"')
  })

  it('is refused where it makes no sense, and leaves nothing behind', async () => {
    const outcomes = await ingest(
      { correct },
      told('r1'),
      { correct: { ...correct, knownAt: 'yesterday' } },
      { correct: { ...correct, changes: [{ replace: { aspect: 'STATUS', by: { status: 'HELD' } } }] } },
      { retract: { ...retract, kind: 'TALK' } },
      { retract: { ...retract, ref: 'other', process: 'nowhere' } },
      { retract, correct },
    )
    expect(refused(outcomes)).toEqual([
      'stdin:1 correct.ref: must be the ref of a development in the record, got "swap"',
      'stdin:3 correct.knownAt: must be a moment in UTC, like 2023-12-07T23:59:59.999Z, got "yesterday"',
      'stdin:4 correct.changes[0].replace.by: must be one of PROPOSED, AGREED, SCHEDULED, PARTLY_CARRIED_OUT, CARRIED_OUT, CANCELLED, FAILED, got {"status":"HELD"}',
      'stdin:5 retract: must be of the kind EXCHANGE and the process north-south, as the record has swap, got {"kind":"TALK","process":"north-south"}',
      'stdin:6 retract.process: must be a process that the record knows, got "nowhere"',
      expect.stringContaining('stdin:7: must have exactly one of correct, retract, merge, split and retractReport'),
    ])
    expect(await record.head()).toBe(1)
  })
})

describe('a dispatch that is a copy', () => {
  const copy = { dispatch: 'a'.repeat(64), knownAt: '2023-12-09T00:00:00.000Z' }

  it('names developments for its links, of which nothing shows until they are told of', async () => {
    const mentions = [{ ref: 'meeting', kind: 'TALK', process: 'north-south' }]
    const links = [{ type: 'FOLLOWS', to: 'meeting' }]
    const linked = dispatchOf({ id: 'r1', outlet: 'wire', on }, exchange({ status: 'AGREED', on, links }))
    expect(refused(await ingest(linked))).toHaveLength(1)
    expect(refused(await ingest({ ...linked, copyOf: { ...copy, mentions } }))).toEqual([])
    expect(await record.database.prisma.link.count({ where: { targetId: 'meeting' } })).toBe(1)
    expect(await record.database.prisma.revision.count({ where: { developmentId: 'meeting' } })).toBe(0)
    const wrong = {
      ...linked,
      copyOf: { ...copy, dispatch: 'b'.repeat(64), mentions: [{ ...mentions[0], kind: 'PLEDGE' }] },
    }
    expect(refused(await ingest(wrong))[0]).toContain(
      'copyOf.mentions[0]: must be of the kind TALK and the process north-south',
    )
  })

  it('is unchanged where the record has the whole', async () => {
    const accepted = await record.ingest(told('r1'))
    const outcomes = await ingest({ ...told('r1'), copyOf: { dispatch: accepted.dispatch } })
    expect(outcomes).toMatchObject([{ accepted: { unchanged: true, revisions: 0 } }])
  })
})

describe('a process document', () => {
  it('that brings nothing but an actor is no document without news, the first time', async () => {
    const { process } = processDocument
    const document = { process, actors: [{ id: 'east', kind: 'STATE', name: 'East' }] }
    expect(await ingest(document)).toMatchObject([{ process: { isNew: true } }])
    expect(await ingest(document)).toMatchObject([{ process: { isNew: false } }])
  })
})

describe('the lines in which an export tells of itself', () => {
  it('bring nothing in, and say what is missing', async () => {
    const mark = (fields: object) => ({ export: { cursor: 'abc', ...fields } })
    expect(summaryOf(await ingest(mark({ filter: { kind: ['TALK'] } }), told('r1'), mark({ after: 'token' })))).toEqual(
      [
        '1 document: 1 accepted, 0 unchanged, 0 refused',
        '1 development created, 0 added to',
        'The export ends before its end: ask for the rest at the same address again with &after=token',
      ],
    )
    expect(summaryOf(await ingest(told('r1'), mark({ complete: true })))).toHaveLength(2)
    expect(refused(await ingest(mark({ cursor: 7 })))[0]).toContain('export.cursor: must be a string')
  })
})
