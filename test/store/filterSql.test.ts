import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Filter, passes } from '../../src/domain/filter.ts'
import { filterSql } from '../../src/store/filterSql.ts'
import { readLog } from '../../src/store/log.ts'
import { Prisma } from '../../src/store/prisma/client.ts'
import { query } from '../../src/store/query.ts'
import { arrivals } from '../support/generated.ts'
import { anyComposedFilter, atlas, mappedProcess } from '../support/generatedFilter.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'

/** Of every revision that shows content: what the database says of each filter. */
async function passedInDatabase({ database }: Record, filters: readonly Filter[]): Promise<number[][]> {
  const columns = filters.map((filter, i) => Prisma.sql`(${filterSql(filter)}) is true as ${Prisma.raw(`f${i}`)}`)
  const rows = await query<{ position: number; [column: string]: unknown }>(
    database.pool,
    Prisma.sql`select r.position, ${Prisma.join(columns)} from "Revision" r
               where r.action not in ('RETRACTED', 'MERGED') order by r.position`,
  )
  return filters.map((_, i) => rows.filter((row) => row[`f${i}`]).map((row) => row.position))
}

describe('a filter', () => {
  it('lets pass in the database what it lets pass in the feed, revision by revision, however it is composed', async () => {
    let [passed, considered] = [0, 0]
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.array(atlas, { minLength: 1, maxLength: 2 }),
        fc.array(anyComposedFilter, { minLength: 150, maxLength: 150, size: 'max' }),
        async ({ one }, atlases, filters) => {
          await using record = await openRecord(mappedProcess)
          for (const [i, told] of atlases.entries()) {
            await record.ingest({ ...told, report: { ...told.report, id: i === 0 ? 'atlas' : 'atlas-2' } })
          }
          for (const dispatch of one) await record.ingest(dispatch)
          const news = newsOf(record.write)
          await news.retract('the-talk')
          await news.reinstate('the-talk')
          const entries = (await readLog(record.database.pool, 0, 1000)).filter((entry) => entry.action !== 'RETRACTED')
          const found = await passedInDatabase(record, filters)
          for (const [i, filter] of filters.entries()) {
            const expected = entries.filter(({ facets }) => passes(filter, facets)).map(({ position }) => position)
            expect(found[i], JSON.stringify(filter)).toEqual(expected)
            passed += expected.length
            considered += entries.length
          }
        },
      ),
      { numRuns: 8, endOnFailure: true },
    )
    // Neither of them passes everything or nothing.
    expect(passed / considered).toBeGreaterThan(0.1)
    expect(passed / considered).toBeLessThan(0.9)
  }, 120_000)
})
