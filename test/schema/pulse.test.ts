import { readFileSync } from 'node:fs'
import type { GraphQLObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { schema } from '../../src/schema/schema.ts'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { day, dispatchOf, exchange, processDocument } from '../support/sample.ts'
import { caughtUp, recordStatements } from '../support/statements.ts'

const refs = (list: readonly { readonly ref: string }[]) => list.map(({ ref }) => ref)

describe('the pulse of the five reports', () => {
  let api: Api
  beforeAll(async () => {
    api = await openSeededApi()
  })
  afterAll(() => api[Symbol.asyncDispose]())

  it('How did the process stand on 10 December 2023?', async () => {
    const file = new URL('../../src/transport/questions/13-pulse.graphql', import.meta.url)
    const { pulse } = (await api.ask(readFileSync(file, 'utf8'))).process
    // Iran is told of the end of October. The offices' and the leaders' talks have no day but that of the joint statement, before which they were.
    const { talks, ...last } = pulse.lastTalk
    expect(last).toEqual({ daysAtLeast: 3, daysAtMost: 50, count: 3 })
    expect(refs(talks)).toEqual(['iran-talks', 'leaders-meetings', 'offices-talks'])
    // Spain, in October, and the US, on 20 November, were declined before 7 December; so both may have been declined before the last talk.
    const declined = pulse.declined.map((d: Declined) => [d.talk.ref, d.declinedBy.map(({ name }) => name), d.certain])
    expect(declined).toEqual([
      ['spain-talks', ['Azerbaijan'], false],
      ['us-talks', ['Azerbaijan'], false],
    ])
    expect(pulse).toMatchObject({ day: '2023-12-10', declinedCount: 2, declinedCertainlyCount: 0 })
    expect(refs(pulse.openPledges).sort()).toEqual([
      ...['cop-bureau-support', 'cop29-support', 'further-confidence-building', 'reintegration', 'treaty'],
    ])
    // No report gives a pledge a day: that a treaty may come by the end of the year is a hope, and told as a statement.
    expect(pulse).toMatchObject({ openPledgeCount: 5, overduePledgeCount: 0, overduePledges: [] })
    expect(pulse.pendingExchanges).toMatchObject([{ ref: 'exchange-32-2', status: 'AGREED' }])
    expect(pulse.pendingExchangeCount).toBe(1)
  })

  it('waits for the exchange until the day on which it is known to be carried out', async () => {
    const pending = async (asOf: string) =>
      (await api.ask(`{ processes(asOf: "${asOf}") { nodes { pulse { day pendingExchanges { ref } } } } }`)).processes
        .nodes[0].pulse
    expect(await pending('2023-12-06T23:59:59.999Z')).toEqual({ day: '2023-12-06', pendingExchanges: [] })
    const agreed = [{ ref: 'exchange-32-2' }]
    expect(await pending('2023-12-07T23:59:59.999Z')).toEqual({ day: '2023-12-07', pendingExchanges: agreed })
    expect(await pending('2023-12-13T23:59:59.998Z')).toEqual({ day: '2023-12-13', pendingExchanges: agreed })
    expect(await pending('2023-12-13T23:59:59.999Z')).toEqual({ day: '2023-12-13', pendingExchanges: [] })
  })
})

const pulseFields = `day
  lastTalk { daysAtLeast daysAtMost count talks { ref } }
  undatedTalkCount undatedTalks { ref }
  declinedCount declinedCertainlyCount declined { certain declinedBy { ref } talk { ref } }
  openPledgeCount openPledges { ref } overduePledgeCount overduePledges { days pledge { ref status } }
  pendingExchangeCount pendingExchanges { ref }`

describe('a pulse', () => {
  const pulseOf = async (api: Api, args = '') =>
    (await api.ask(`{ process(ref: "north-south"${args}) { pulse { ${pulseFields} } } }`)).process.pulse

  async function told(...developments: object[]): Promise<Api> {
    const api = await openApi()
    await api.record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-20' }, ...developments))
    return api
  }

  it('of a process of which nothing is told says so in every number', async () => {
    await using api = await openApi()
    expect(await pulseOf(api)).toEqual({
      ...{ day: '2024-01-01', lastTalk: null, undatedTalkCount: 0, undatedTalks: [] },
      ...{ declinedCount: 0, declinedCertainlyCount: 0, declined: [], openPledgeCount: 0, openPledges: [] },
      ...{ overduePledgeCount: 0, overduePledges: [], pendingExchangeCount: 0, pendingExchanges: [] },
    })
  })

  it('counts the days from the day of the last talk, and knows which one it was', async () => {
    await using api = await told(
      talk('first', 'HELD', day('2023-12-01')),
      talk('last', 'HELD', day('2023-12-10')),
      talk('to-come', 'SCHEDULED', day('2023-12-30')),
      talk('called-off', 'CANCELLED', day('2023-12-15')),
    )
    expect((await pulseOf(api)).lastTalk).toEqual({
      daysAtLeast: 22,
      daysAtMost: 22,
      count: 1,
      talks: [{ ref: 'last' }],
    })
    const { lastTalk } = await pulseOf(api, ', asOf: "2023-12-21T00:00:00Z"')
    expect(lastTalk).toMatchObject({ daysAtLeast: 11, daysAtMost: 11 })
  })

  it('gives the fewest and the most days where the last talk is told of a month', async () => {
    await using api = await told(
      talk('long-ago', 'HELD', month('2023-09')),
      talk('at-the-beginning', 'HELD', day('2023-11-02')),
      talk('in-november', 'HELD', month('2023-11')),
    )
    expect((await pulseOf(api)).lastTalk).toEqual({
      ...{ daysAtLeast: 32, daysAtMost: 60, count: 2 },
      talks: [{ ref: 'in-november' }, { ref: 'at-the-beginning' }],
    })
  })

  it('does not look past its own day, and keeps talks without any date apart', async () => {
    await using api = await told(
      talk('this-winter', 'HELD', { earliest: '2023-12-01', latest: '2024-02-29', precision: 'RANGE' }),
      talk('some-day', 'HELD', undefined),
    )
    const pulse = await pulseOf(api)
    expect(pulse.lastTalk).toEqual({ daysAtLeast: 0, daysAtMost: 31, count: 1, talks: [{ ref: 'this-winter' }] })
    expect(pulse).toMatchObject({ undatedTalkCount: 1, undatedTalks: [{ ref: 'some-day' }] })
  })

  it('tells of declined talks whether they were declined after the last one, by the day of the answer', async () => {
    const held = talk('held', 'HELD', month('2023-11'))
    const declined = (ref: string, on: object | undefined, answered?: object) =>
      talk(ref, 'CANCELLED', on, [
        { invitee: 'South', response: 'DECLINED', ...(answered && { when: answered }) },
        { invitee: 'North', response: 'ACCEPTED' },
      ])
    await using api = await told(
      ...[held, declined('before', day('2023-10-31')), declined('meanwhile', day('2023-11-20'))],
      ...[declined('after', day('2023-12-01')), declined('answered-before', day('2023-12-24'), day('2023-10-02'))],
      declined('some-day', undefined),
      talk('walked-out', 'CANCELLED', day('2023-12-05'), [
        { invitee: 'South', response: 'WITHDREW' },
        { invitee: 'North', response: 'DECLINED' },
      ]),
    )
    const pulse = await pulseOf(api)
    expect(pulse).toMatchObject({ declinedCount: 4, declinedCertainlyCount: 2 })
    expect(pulse.declined.map((d: Declined) => [d.talk.ref, refs(d.declinedBy), d.certain])).toEqual([
      ['meanwhile', ['south'], false],
      ['after', ['south'], true],
      ['walked-out', ['north', 'south'], true],
      ['some-day', ['south'], false],
    ])
  })

  it('has every declined talk as declined since then where none was held', async () => {
    await using api = await told(talk('long-ago', 'CANCELLED', undefined, [{ invitee: 'South', response: 'DECLINED' }]))
    expect(await pulseOf(api)).toMatchObject({ lastTalk: null, declinedCount: 1, declinedCertainlyCount: 1 })
  })

  const noon = { earliest: '2024-01-01T12:00:00Z', latest: '2024-01-01T12:00:00Z', precision: 'TIME' }
  it('has a pledge as overdue from the day after the last one on which it is due, while it is open', async () => {
    await using api = await told(
      ...[
        pledge('in-december', 'MADE', month('2023-12')),
        pledge('on-christmas', 'PARTLY_FULFILLED', day('2023-12-25')),
      ],
      ...[pledge('kept', 'FULFILLED', day('2023-12-01')), pledge('lapsed', 'LAPSED', day('2023-12-01'))],
      ...[pledge('today-at-noon', 'MADE', noon), pledge('some-day', 'MADE', undefined)],
    )
    const pulse = await pulseOf(api)
    expect(pulse).toMatchObject({ openPledgeCount: 4, overduePledgeCount: 2 })
    expect(refs(pulse.openPledges).sort()).toEqual(['in-december', 'on-christmas', 'some-day', 'today-at-noon'])
    expect(pulse.overduePledges).toEqual([
      { days: 7, pledge: { ref: 'on-christmas', status: 'PARTLY_FULFILLED' } },
      { days: 1, pledge: { ref: 'in-december', status: 'MADE' } },
    ])
    const before = await pulseOf(api, ', asOf: "2023-12-31T23:59:59Z"')
    expect(before.overduePledges.map((p: { pledge: { ref: string } }) => p.pledge.ref)).toEqual(['on-christmas'])
  })

  it('waits for what is agreed, set or half done, and for nothing that was called off', async () => {
    const exchanged = (status: string) => ({
      ...exchange({ status: 'AGREED', on: '2023-12-01' }),
      ref: status.toLowerCase().replaceAll('_', '-'),
      milestones: [{ status }],
    })
    await using api = await told(
      ...['PROPOSED', 'AGREED', 'SCHEDULED', 'PARTLY_CARRIED_OUT', 'CARRIED_OUT', 'CANCELLED', 'FAILED'].map(exchanged),
    )
    const pulse = await pulseOf(api)
    expect(refs(pulse.pendingExchanges).sort()).toEqual(['agreed', 'partly-carried-out', 'scheduled'])
    expect(pulse.pendingExchangeCount).toBe(3)
  })

  it('lists a hundred and counts them all', async () => {
    await using api = await told(...Array.from({ length: 103 }, (_, i) => pledge(`p-${i}`, 'MADE', undefined)))
    const pulse = await pulseOf(api)
    expect(pulse.openPledgeCount).toBe(103)
    expect(pulse.openPledges).toHaveLength(100)
  })

  it('is one statement for all processes of an answer', async () => {
    await using api = await told(talk('held', 'HELD', day('2023-12-10')), pledge('made', 'MADE', undefined))
    const asked = '{ processes { nodes { pulse { lastTalk { daysAtLeast talks { ref } } openPledges { ref } } } } }'
    await caughtUp(api)
    const sent = recordStatements()
    await api.ask(asked)
    const forOne = sent.length
    const other = { ...processDocument.process, id: 'east-west', name: 'East–West peace process' }
    await api.record.write((pen) => acceptProcess(pen, readProcess({ process: other })))
    const elsewhere = dispatchOf({ id: 'r2', on: '2023-12-21' }, talk('met', 'HELD', day('2023-12-20')))
    await api.record.ingest({ ...elsewhere, process: 'east-west' })
    await caughtUp(api)
    const before = sent.length
    const { processes } = await api.ask(asked)
    expect(sent.length - before).toBe(forOne)
    expect(processes.nodes).toEqual([
      { pulse: { lastTalk: { daysAtLeast: 12, talks: [{ ref: 'met' }] }, openPledges: [] } },
      { pulse: { lastTalk: { daysAtLeast: 22, talks: [{ ref: 'held' }] }, openPledges: [{ ref: 'made' }] } },
    ])
  })

  it('says to whoever keeps answers that it depends on the day', () => {
    const { pulse } = (schema.getType('Process') as GraphQLObjectType).getFields()
    expect(pulse?.extensions).toMatchObject({ dependsOnToday: true })
  })
})

const month = (of: string) => {
  const [year, number] = of.split('-').map(Number) as [number, number]
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return { earliest: `${of}-01`, latest: `${of}-${last}`, precision: 'MONTH' }
}

function talk(ref: string, status: string, when: object | undefined, invitations: object[] = []): object {
  return {
    ...{ ref, kind: 'TALK', headline: 'A talk', extent: 'MEETING', citations: [{ locator: 'lead' }], invitations },
    milestones: [{ status }],
    ...(when && { when }),
  }
}

function pledge(ref: string, status: string, due: object | undefined): object {
  return {
    ...{ ref, kind: 'PLEDGE', headline: 'A pledge', strength: 'COMMITMENT', citations: [{ locator: 'lead' }] },
    ...{ milestones: [{ status }], participants: [{ actor: 'north', role: 'PROMISOR' }], ...(due && { due }) },
  }
}

interface Declined {
  readonly certain: boolean
  readonly talk: { readonly ref: string }
  readonly declinedBy: readonly { readonly ref: string; readonly name: string }[]
}
