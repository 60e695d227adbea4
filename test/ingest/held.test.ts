import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '../../src/store/audit.ts'
import { tester } from '../support/author.ts'
import { type HeldDesk, heldDeskOf, until } from '../support/held.ts'
import { openRecord, type Record } from '../support/record.ts'
import { stateOf } from '../support/refused.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
let desk: HeldDesk
beforeEach(async () => {
  record = await openRecord()
  desk = heldDeskOf(record)
})
afterEach(() => record[Symbol.asyncDispose]())

const now = new Date('2024-01-01T00:00:00Z')
const later = '2024-01-02T12:00:00+04:00'
const laterStill = '2024-01-05T00:00:00Z'

/** A dispatch that brings an actor, an outlet and a place of its own. */
function dispatch(fields: object = {}): object {
  return {
    ...dispatchOf(
      { id: 'r1', outlet: 'herald', on: '2023-12-07' },
      exchange({
        ...{ status: 'AGREED', on: '2023-12-07', place: 'ford' },
        participants: [{ actor: 'The Helper', role: 'FACILITATOR' }],
        ...fields,
      }),
    ),
    actors: [{ id: 'helper', kind: 'PERSON', name: 'The Helper' }],
    places: [{ id: 'ford', name: 'The ford' }],
    outlets: [{ id: 'herald', name: 'The Herald' }],
  }
}

type State = { rows: { name: string; rows: number }[]; head: unknown[] }
/** Everything but the held dispatches themselves and the trail. */
async function recordState(): Promise<State> {
  const state = (await stateOf(record)) as State
  return { ...state, rows: state.rows.filter(({ name }) => name !== 'HeldDispatch' && name !== 'Audit') }
}

async function bodies(): Promise<unknown[]> {
  return (await record.database.pool.query('select id, body from "Dispatch"')).rows
}

const trail = async () =>
  (await listAudit(record.database.pool, { before: null, limit: 100, act: null, who: null }))
    .reverse()
    .filter(({ act }) => act !== 'OPEN_PROCESS')

describe('a dispatch with an embargo', () => {
  it('is held outside the record: no position, no row, no name, and the head stays', async () => {
    const before = await recordState()
    const accepted = await record.ingest(until(later, dispatch()))
    expect(accepted).toMatchObject({ created: [], revisions: 0, unchanged: false, heldUntil: new Date(later) })
    expect(await recordState()).toEqual(before)
    expect(await desk.list()).toMatchObject([
      {
        ...{ id: accepted.dispatch, dispatchId: accepted.dispatch, reportId: 'r1', standing: 'HELD' },
        ...{ embargoUntil: new Date(later), heldAt: now, heldBy: tester.name, heldFrom: tester.address },
      },
    ])
  })

  it('whose moment is past is taken in at once; nothing in the record tells that it had one', async () => {
    const accepted = await record.ingest(until('2024-01-01T03:59:59+04:00', { $schema: 'x', ...dispatch() }))
    expect(accepted).toMatchObject({ created: ['swap'], unchanged: false })
    expect(accepted.heldUntil).toBeUndefined()
    const { body } = (await bodies())[0] as { body: object }
    expect(Object.keys(body).sort()).toEqual(
      ['process', 'report', 'actors', 'places', 'outlets', 'developments'].sort(),
    )
    expect(await record.ingest(dispatch())).toMatchObject({ dispatch: accepted.dispatch, unchanged: true })
    expect(await record.ingest(until(later, dispatch()))).toMatchObject({ unchanged: true })
    expect(await desk.list(true)).toEqual([])
  })

  it('is held once, however often it is sent; another moment moves it', async () => {
    const first = await record.ingest(until(later, dispatch()))
    const sameMoment = '2024-01-02T08:00:00.000Z'
    expect(await record.ingest(until(sameMoment, dispatch()))).toEqual({ ...first, unchanged: true })
    expect(await record.ingest(until(laterStill, dispatch()))).toEqual({ ...first, heldUntil: new Date(laterStill) })
    expect(await desk.list(true)).toMatchObject([{ id: first.dispatch, embargoUntil: new Date(laterStill) }])
  })

  it('that is sent again without one is taken in, and held no longer', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    expect(await record.ingest(dispatch())).toMatchObject({ dispatch: id, created: ['swap'], unchanged: false })
    expect(await desk.single()).toMatchObject({ id, standing: 'RELEASED', endedAt: now, endedBy: tester.name })
    expect((await trail()).map(({ act }) => act)).toEqual(['HOLD', 'INGEST', 'RELEASE'])
  })

  it.each([
    [
      'what the contract refuses',
      { ref: 'A' },
      'developments[0].ref: must be lower-case letters and digits, joined by single hyphens, got "A"',
    ],
    [
      'what the record refuses',
      { links: [{ type: 'FOLLOWS', to: 'nothing' }] },
      'developments[0].links[0].to: must be the ref of a development in the dispatch or the record, got "nothing"',
    ],
  ])('is refused when it comes in for %s, and is not held then', async (_what, fields, message) => {
    const before = await stateOf(record)
    await expect(record.ingest(until(later, dispatch(fields)))).rejects.toThrow(message)
    expect(await stateOf(record)).toEqual(before)
  })

  it.each([
    ['tomorrow', 'must be a moment with its zone, like 2023-12-07T18:00:00+04:00, got "tomorrow"'],
    [
      '2024-01-02T12:00:00',
      'must be a moment with its zone, like 2023-12-07T18:00:00+04:00, got "2024-01-02T12:00:00"',
    ],
    ['9999-12-31T23:59:59-12:00', 'must be a moment before the year 10000, got "9999-12-31T23:59:59-12:00"'],
  ])('needs a moment that is one: not %s', async (moment, message) => {
    await expect(record.ingest(until(moment, dispatch()))).rejects.toThrow(`embargoUntil: ${message}`)
  })

  it('lends nothing to others: what links to it, or names whom it introduces, is refused as if it did not exist', async () => {
    const links = dispatchOf(
      { id: 'r2', on: '2023-12-08' },
      exchange({ status: 'AGREED', on: '2023-12-08', ref: 'other', links: [{ type: 'FOLLOWS', to: 'swap' }] }),
    )
    const names = dispatchOf(
      { id: 'r3', on: '2023-12-08' },
      exchange({ status: 'AGREED', on: '2023-12-08', ref: 'other', participants: [{ actor: 'helper', role: 'HOST' }] }),
    )
    const told = (sent: object) => record.ingest(sent).then(String, (error: Error) => error.message)
    const before = [await told(links), await told(names)]
    expect(before.join()).toMatch(/must be the ref of.*must name an actor/s)
    await record.ingest(until(later, dispatch()))
    expect([await told(links), await told(names)]).toEqual(before)
  })

  it('stays on the list for good: its row cannot be deleted', async () => {
    await record.ingest(until(later, dispatch()))
    for (const sql of ['delete from "HeldDispatch"', 'truncate "HeldDispatch"'])
      await expect(record.database.pool.query(sql)).rejects.toThrow('append-only')
  })
})

describe('the desk', () => {
  it('releases one now: in the record as if it had come in by then, known from its publication on', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    const on = new Date('2024-01-01T10:00:00Z')
    expect(await desk.release(id, on)).toMatchObject({ dispatch: id, created: ['swap'], revisions: 1 })
    const { rows } = await record.database.pool.query('select "knownAt", "recordedAt", position from "Revision"')
    expect(rows).toEqual([{ knownAt: new Date('2023-12-07T23:59:59.999Z'), recordedAt: on, position: 1 }])
    expect(await desk.single()).toMatchObject({ standing: 'RELEASED', endedAt: on })
    await expect(desk.release(id)).rejects.toThrow('id: must not be released already')
    await expect(desk.release('x')).rejects.toThrow('id: must be the id of a dispatch that is held, got "x"')
  })

  it('edits one; from then on the file that it came from changes nothing, whenever it is sent again', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    const edited = await desk.edit(id, dispatch({ headline: 'Edited' }))
    expect(edited).toMatchObject({ id, embargoUntil: new Date(later), editedAt: now, editedBy: tester.name })
    expect(edited.dispatchId).not.toBe(id)
    const before = await stateOf(record)
    for (const again of [dispatch(), until(later, dispatch()), until(laterStill, dispatch({ headline: 'Edited' }))]) {
      expect(await record.ingest(again)).toMatchObject({
        ...{ dispatch: edited.dispatchId, unchanged: true, heldUntil: new Date(later) },
      })
    }
    expect(await stateOf(record)).toEqual(before)
    await desk.release(id)
    const head = await record.head()
    expect(await bodies()).toMatchObject([{ id: edited.dispatchId, body: { developments: [{ headline: 'Edited' }] } }])
    for (const again of [dispatch(), until(later, dispatch()), dispatch({ headline: 'Edited' })])
      expect(await record.ingest(again)).toMatchObject({ dispatch: edited.dispatchId, unchanged: true })
    expect(await record.head()).toBe(head)
  })

  it('edits one back to what it was', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    await desk.edit(id, dispatch({ headline: 'Edited' }))
    expect(await desk.edit(id, until(laterStill, dispatch()))).toMatchObject({
      ...{ id, dispatchId: id, embargoUntil: new Date(laterStill) },
    })
    expect(await desk.release(id)).toMatchObject({ dispatch: id, created: ['swap'] })
  })

  it('edits into nothing that the record would refuse, has already, or holds as another one', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    const known = dispatchOf(
      { id: 'r9', on: '2023-12-07' },
      exchange({ ref: 'known', status: 'AGREED', on: '2023-12-07' }),
    )
    await record.ingest(known)
    const { dispatch: other } = await record.ingest(until(later, dispatch({ ref: 'other' })))
    const before = await desk.list()
    for (const [to, message] of [
      [dispatch({ place: 'nowhere' }), 'developments[0].place: must be'],
      [known, 'dispatch: must not be in the record already'],
      [
        dispatch({ ref: 'other' }),
        `dispatch: must not be the content of another one that is held, or was, got "${other}"`,
      ],
      [until('2023-12-31T00:00:00Z', dispatch()), 'dispatch.embargoUntil: must lie ahead: releaseHeld takes it in now'],
    ] as const)
      await expect(desk.edit(id, to)).rejects.toThrow(message)
    expect(await desk.list()).toEqual(before)
  })

  it('postpones one; then its sender neither moves nor releases it', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    await desk.postpone(id, laterStill)
    const due = new Date('2024-01-03T00:00:00Z')
    expect(await record.ingest(until(later, dispatch()), due)).toMatchObject({
      ...{ unchanged: true, heldUntil: new Date(laterStill) },
    })
    expect(await desk.single()).toMatchObject({ standing: 'HELD', embargoUntil: new Date(laterStill) })
    await expect(desk.postpone(id, later, due)).rejects.toThrow('until: must lie ahead')
  })

  it('discards one: it never comes in by itself, however it is sent again, and the desk may still release it', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    expect(await desk.discard(id)).toMatchObject({ standing: 'DISCARDED', endedBy: tester.name, reason: 'It is wrong' })
    expect(await desk.list()).toEqual([])
    const before = await stateOf(record)
    for (const again of [dispatch(), until(later, dispatch()), until('2023-12-31T00:00:00Z', dispatch())])
      await expect(record.ingest(again)).rejects.toThrow('must not be one that the desk discarded while it was held')
    expect(await stateOf(record)).toEqual(before)
    await expect(desk.edit(id, dispatch())).rejects.toThrow(
      'id: must be of one that is held still: it was discarded by',
    )
    expect(await desk.release(id)).toMatchObject({ created: ['swap'] })
    expect(await desk.single()).toMatchObject({ standing: 'RELEASED', reason: null })
  })

  it('is in the audit trail with all that was ever held', async () => {
    const { dispatch: id } = await record.ingest(until(later, dispatch()))
    await record.ingest(until(laterStill, dispatch()))
    const { dispatchId, body } = await desk.edit(id, dispatch({ headline: 'Edited' }))
    await desk.postpone(id, later)
    await desk.discard(id)
    await desk.release(id)
    const moment = (text: string) => new Date(text).toISOString()
    const told = (await trail()).map((row) => ({ act: row.act, dispatch: row.dispatchId, body: row.body }))
    expect(told).toMatchObject([
      { act: 'HOLD', body: { held: id, embargoUntil: moment(later), dispatch: { report: { id: 'r1' } } } },
      { act: 'HOLD', body: { held: id, embargoUntil: moment(laterStill) } },
      { act: 'EDIT_HELD', body: { held: id, dispatch: { developments: [{ headline: 'Edited' }] } } },
      { act: 'EDIT_HELD', body: { held: id, embargoUntil: moment(later) } },
      { act: 'DISCARD_HELD', body: { held: id, reason: 'It is wrong' } },
      { act: 'INGEST', dispatch: dispatchId, body },
      { act: 'RELEASE', dispatch: dispatchId, body },
    ])
    expect(told[5]?.body).toEqual(body)
  })
})
