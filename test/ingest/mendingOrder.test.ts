import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { arrivals, type Generated } from '../support/generated.ts'
import { type Mending, mendingOf } from '../support/mending.ts'

const moments = ['2023-12-03', '2023-12-04', '2023-12-05', '2023-12-06', '2023-12-07'].map(
  (day) => `${day}T23:59:59.999Z`,
)
const refs = ['swap', 'meeting', 'clash']

type Act = (desk: Mending) => Promise<void>
const ref = fc.constantFrom(...refs)
const report = fc.constantFrom('r0', 'r1', 'r2')
const acts: fc.Arbitrary<{ name: string; act: Act }[]> = fc.array(
  fc.oneof(
    ref.map((one) => ({ name: `merge ${one}-b`, act: (desk: Mending) => desk.merge(`${one}-b`, one) })),
    ref.map((one) => ({ name: `undo ${one}-b`, act: (desk: Mending) => desk.split({ from: one, ref: `${one}-b` }) })),
    fc.tuple(ref, report).map(([one, id]) => ({
      name: `split ${one} ${id}`,
      act: (desk: Mending) => desk.split({ from: one, ref: `${one}-${id}`, headline: 'Another one', reports: [id] }),
    })),
    report.map((id) => ({ name: `retract ${id}`, act: (desk: Mending) => desk.retractReport(id) })),
  ),
  { minLength: 2, maxLength: 5, size: 'max' },
)

/** The same reports in two orders; every other one tells of its developments under other refs. */
const told = arrivals.map(({ one, other }) => {
  const apart = new Map(one.map((dispatch, i) => [dispatch, i % 2 === 0 ? dispatch : renamed(dispatch)]))
  return [one, other].map((order) => order.map((dispatch) => apart.get(dispatch) as Generated))
})

function renamed(dispatch: Generated): Generated {
  return JSON.parse(JSON.stringify(dispatch), (key, value) => {
    return (key === 'ref' || key === 'to') && refs.includes(value) ? `${value}-b` : value
  })
}

/** Does what can be done; says whether it could. */
async function succeeds(act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if ((error as Error).name === 'Refusal') return false
    throw error
  }
}

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
  const named = refs.map((one) => `${one.replace('-', '_')}: development(ref: "${one}-b") { __typename ref }`)
  all.push(await ask(`{ ${named.join(' ')} }`))
  return all
}

describe('a mended record', () => {
  it('tells the same at every moment, in whatever order the reports arrive, before and after it is mended', async () => {
    await fc.assert(
      fc.asyncProperty(told, acts, async ([one, other], wanted) => {
        await using first = await openApi()
        const desk = mendingOf(first.record)
        for (const dispatch of one as Generated[]) await first.record.ingest(dispatch)
        const done: Act[] = []
        for (const { act } of wanted) if (await succeeds(() => act(desk))) done.push(act)

        await using second = await openApi()
        const early = mendingOf(second.record)
        for (const dispatch of other as Generated[]) {
          await second.record.ingest(dispatch)
          // As early as each can be done at all.
          while (done[0] !== undefined && (await succeeds(() => (done[0] as Act)(early)))) done.shift()
        }
        expect(done).toEqual([])
        expect(await answers(second)).toEqual(await answers(first))
      }),
      { numRuns: 12, endOnFailure: true },
    )
  }, 240_000)
})
