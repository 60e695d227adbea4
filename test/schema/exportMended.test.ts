import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, retract } from '../../src/ingest/desk.ts'
import { type Api, openApi } from '../support/api.ts'
import {
  exported,
  ingestText,
  moments,
  refusals,
  small,
  takenElsewhere,
  tombstonesOf,
  visible,
} from '../support/exported.ts'
import { mended, mendingOf, succeeds } from '../support/mending.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

/** Whether of developments that share evidence one is withheld: then none of them is in an export. */
async function withheldFamilies({ record }: Api): Promise<boolean> {
  const { rows } = await record.database.pool.query(
    `select 1 from "DeskAction" a join "Development" d on d.id in (a."developmentId", a."otherId")
     where a."otherId" is not null and d.withheld`,
  )
  return rows.length > 0
}

describe('an export of a mended record', () => {
  it('gives an equal record of what the desk merged, split and took back, and changes nothing where it came from', async () => {
    await fc.assert(
      fc.asyncProperty(mended, async ({ one, wanted }) => {
        await using api = await openApi()
        for (const dispatch of one.slice(0, 3)) await api.record.ingest(dispatch)
        const done: boolean[] = []
        for (const { act } of wanted) done.push(await succeeds(() => act(mendingOf(api.record))))
        expect(done[0]).toBe(true)
        for (const dispatch of one.slice(3)) await api.record.ingest(dispatch)
        const text = await exported(api, {}, small)
        const families = await withheldFamilies(api)
        if (!families) expect(text).toContain('{"merge":')
        await using elsewhere = await takenElsewhere(text)
        expect(elsewhere.refused).toEqual([])
        if (!families)
          expect(await visible(elsewhere.database, moments)).toEqual(await visible(api.record.database, moments))
        const head = await api.record.head()
        expect(refusals(await ingestText(api.record.database, text))).toEqual([])
        expect(await api.record.head()).toBe(head)
        expect(refusals(await ingestText(elsewhere.database, text))).toEqual([])
        if (!families)
          expect(await visible(elsewhere.database, moments)).toEqual(await visible(api.record.database, moments))
      }),
      { numRuns: 6, endOnFailure: true },
    )
  }, 240_000)

  it('carries a merge, a split, a retracted report and a correction over, and what comes later follows them there', async () => {
    await using api = await openApi()
    const { record } = api
    const desk = mendingOf(record)
    const tell = (id: string, ref: string, count: number, on = '2023-12-07') =>
      dispatchOf({ id, outlet: 'wire', on }, exchange({ ref, status: 'AGREED', on, count }))
    for (const [id, ref, count] of [
      ['r1', 'swap', 30],
      ['r2', 'twin', 31],
      ['r3', 'swap', 32],
      ['r4', 'swap', 33],
    ] as const)
      await record.ingest(tell(id, ref, count))
    await desk.merge('twin', 'swap')
    await desk.split({ from: 'swap', ref: 'second', headline: 'Another exchange', reports: ['r4'] })
    await desk.retractReport('r3')
    const better = { ref: 'second', reason: 'Clearer', basis: 'OUR_MISTAKE', headline: 'The second exchange' }
    await record.write((pen) => correct(pen, readCorrection(better)))
    const text = await exported(api, {}, small)
    const acts = text.split('\n').flatMap((line) => /^\{"(merge|split|retractReport|correct)":/.exec(line)?.[1] ?? [])
    expect(acts).toEqual(['merge', 'split', 'retractReport', 'correct'])

    await using elsewhere = await takenElsewhere(text)
    expect(elsewhere.refused).toEqual([])
    expect(await visible(elsewhere.database, moments)).toEqual(await visible(record.database, moments))
    for (const late of [tell('r5', 'twin', 34, '2023-12-08'), tell('r4', 'swap', 35), tell('r3', 'swap', 36)]) {
      await record.ingest(late)
      expect(refusals(await ingestText(elsewhere.database, JSON.stringify(late)))).toEqual([])
    }
    const here = await visible(record.database, moments)
    expect(here[0]).toMatchObject({ shown: [{ ref: 'second' }, { ref: 'swap' }] })
    expect(await visible(elsewhere.database, moments)).toEqual(here)
  }, 60_000)

  it('holds nothing of what was split and retracted, nor of what shares its evidence', async () => {
    await using api = await openApi()
    const on = '2023-12-07'
    const told = exchange({ ref: 'swap', status: 'AGREED', on })
    for (const id of ['r1', 'r2']) await api.record.ingest(dispatchOf({ id, outlet: 'wire', on }, told))
    await mendingOf(api.record).split({ from: 'swap', ref: 'second', headline: 'Invented', reports: ['r2'] })
    await api.record.write((pen) => retract(pen, readWithdrawal({ ref: 'second', reason: 'It was invented' })))
    const text = await exported(api)
    expect(text).not.toContain('"r2"')
    await using elsewhere = await takenElsewhere(text)
    expect(elsewhere.refused).toEqual([])
    expect(await visible(elsewhere.database, [])).toMatchObject([{ shown: [] }, []])
    expect(await tombstonesOf(elsewhere.database)).toEqual(await tombstonesOf(api.record.database))
  })
})
