import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { type Act, mended, mendedRefs, mendingOf, succeeds } from '../support/mending.ts'

const moments = ['2023-12-03', '2023-12-04', '2023-12-05', '2023-12-06', '2023-12-07'].map(
  (day) => `${day}T23:59:59.999Z`,
)
const shown = `{
  __typename ref headline summary status reportCount independentSourceCount when { earliest latest } place { ref }
  participants { role actor { ref } citation { key } } citations { key } disagreements { aspect key relation }
  claims { aspect key text negated standing rank rankReason citation { key } } milestones { status when { latest } }
  links { type development { ref } }
}`

async function answers({ ask }: Api): Promise<unknown[]> {
  const all: unknown[] = []
  for (const asOf of [undefined, ...moments]) {
    const query = `query ($asOf: DateTime) { developments(asOf: $asOf, first: 100) { totalCount nodes ${shown} } }`
    const { developments } = await ask(query, { asOf })
    developments.nodes.sort((a: { ref: string }, b: { ref: string }) => (a.ref < b.ref ? -1 : 1))
    all.push({ asOf, ...developments })
  }
  const named = mendedRefs.map((one) => `${one.replace('-', '_')}: development(ref: "${one}-b") { __typename ref }`)
  all.push(await ask(`{ ${named.join(' ')} }`))
  return all
}

describe('a mended record', () => {
  it('tells the same at every moment, in whatever order the reports arrive, before and after it is mended', async () => {
    await fc.assert(
      fc.asyncProperty(mended, async ({ one, other, wanted }) => {
        await using first = await openApi()
        const desk = mendingOf(first.record)
        for (const dispatch of one) await first.record.ingest(dispatch)
        const done: Act[] = []
        for (const { act } of wanted) if (await succeeds(() => act(desk))) done.push(act)
        expect(done[0]).toBe(wanted[0]?.act)

        await using second = await openApi()
        const early = mendingOf(second.record)
        for (const dispatch of other) {
          await second.record.ingest(dispatch)
          // As early as each can be done at all.
          while (done[0] !== undefined && (await succeeds(() => (done[0] as Act)(early)))) done.shift()
        }
        expect(done).toEqual([])
        expect(await answers(second)).toEqual(await answers(first))
      }),
      { numRuns: 6, endOnFailure: true },
    )
  }, 240_000)
})
