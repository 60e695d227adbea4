import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivals, type Generated } from '../support/generated.ts'
import { openRecord } from '../support/record.ts'
import { contentOf } from '../support/viewpoint.ts'

const moments = ['2023-12-01', '2023-12-04', '2023-12-05', '2023-12-06', '2023-12-07', '2023-12-08'].map(
  (day) => `${day}T23:59:59.999Z`,
)

async function contentAfter(dispatches: readonly Generated[]): Promise<object> {
  await using record = await openRecord()
  for (const dispatch of dispatches) await record.ingest(dispatch)
  return await contentOf(record, moments)
}

describe('the record', () => {
  it('tells the same at every moment, in whatever order the reports arrive', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ one, other }) => {
        expect(await contentAfter(other)).toEqual(await contentAfter(one))
      }),
      { numRuns: 6, endOnFailure: true },
    )
  }, 120_000)
})
