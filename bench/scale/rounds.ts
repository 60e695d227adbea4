import { alone, CONNECTIONS, type Layout } from './layout.ts'
import { type Asked, answers, answersMeanwhile, deliveries, type Helpers } from './measure.ts'
import type { Options } from './options.ts'
import type { Records } from './records.ts'
import type { Figures, Row, Work } from './results.ts'
import { openStand } from './stand.ts'

export interface Bench {
  readonly options: Options
  readonly records: Records
  readonly requests: string[]
  readonly helpers: Helpers
  /** `done`: the share of all that is to be measured. */
  readonly show: (text: string, done: number) => void
  readonly add: (row: Row) => void
}

const COMMITS = 50
/** How long, by what is measured, a server is asked before: what runs for the first time is slow. */
const WARM = 0.4
/** How long is measured for each connection, in milliseconds: one cold list takes a process a third of it or less. */
const EACH = 50

/** One round: every layout, one after the other; every other round the other way round. */
export async function round(bench: Bench, number: number): Promise<void> {
  const { layouts } = bench.options
  for (const [i, layout] of (number % 2 === 0 ? layouts : layouts.toReversed()).entries()) {
    const done = (number + i / layouts.length) / bench.options.rounds
    const told = `round ${number + 1} of ${bench.options.rounds}: ${layout.name}`
    bench.show(`${told}, starting`, done)
    await measure(bench, layout, (work, atOnce) => bench.show(`${told}, ${work}, ${atOnce} at once`, done), number)
  }
}

async function measure(
  { options, records, requests, helpers, add }: Bench,
  layout: Layout,
  tell: (work: Work, atOnce: number) => void,
  round: number,
): Promise<void> {
  const { followers, loads, milliseconds } = options
  const stand = await openStand(layout, records, followers)
  const note = (work: Work, atOnce: number, figures: Figures) =>
    add({ round, layout: layout.name, work, atOnce, ...figures })
  let from = 0
  const next = (connections: number, time: number): Asked => ({ requests, from, connections, milliseconds: time })
  const askCold = async (connections: number, time = milliseconds) => {
    tell('cold lists', connections)
    const { turns, ...figures } = await answers(stand, helpers.load, next(connections, time))
    from += turns
    return figures
  }
  try {
    await askCold(CONNECTIONS, milliseconds * WARM)
    if (layout.isWritten) {
      const { turns: _, ...figures } = await answersMeanwhile(stand, helpers, next(CONNECTIONS, 2 * milliseconds))
      note('cold lists', CONNECTIONS, figures)
      return
    }
    note('cold lists', CONNECTIONS, await askCold(CONNECTIONS))
    if (layout === alone) {
      for (const load of loads) note('cold lists', load, await askCold(load, Math.max(milliseconds, EACH * load)))
    }
    tell('warm lists', CONNECTIONS)
    const warm = { ...next(CONNECTIONS, milliseconds), requests: requests.slice(0, 1) }
    await answers(stand, helpers.load, { ...warm, milliseconds: milliseconds * WARM })
    const { turns: _, ...figures } = await answers(stand, helpers.load, warm)
    note('warm lists', CONNECTIONS, figures)
    tell('deliveries', followers)
    note('deliveries', followers, await deliveries(stand, helpers, { followers, commits: COMMITS }))
  } finally {
    await stand.close()
  }
}
