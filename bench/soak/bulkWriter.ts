import { BatchFailure, ingestDocuments, type Outcome } from '../../src/ingest/batch.ts'
import type { Found } from '../../src/ingest/reader.ts'
import type { Pool } from '../../src/store/database.ts'
import { isUnavailable } from '../../src/store/unavailable.ts'
import { author } from '../author.ts'
import { think } from './patience.ts'
import { type Sent, spoiled } from './supply.ts'
import type { WriterOptions } from './writer.ts'

type Document = { readonly id: string; readonly document: object; readonly isSound: boolean; isInDoubt: boolean }

const BULK = 20
const AGAIN_MS = 200

/** Writes in bulk, as `npm run ingest` does, until it is told to stop. */
export async function writeInBulk(options: Omit<WriterOptions, 'port'> & { readonly pool: Pool }): Promise<void> {
  const { pool, supply, dice, ledger, troubles, pace, signal, abandoned } = options
  let before: Document | undefined

  /** Takes documents in; returns those that have heard nothing. */
  async function take(documents: readonly Document[]): Promise<Document[]> {
    const left = [...documents]
    const onOutcome = (outcome: Outcome) => settle(left.shift() as Document, outcome)
    const since = performance.now()
    try {
      await ingestDocuments(foundOf(documents), { pool, now: () => new Date(), author, onOutcome })
    } catch (error) {
      const isAway = error instanceof BatchFailure && isUnavailable(error.cause)
      troubles.note('bulk writer', isAway ? 'UNAVAILABLE' : (error as Error).message, since)
      ledger.count('in doubt')
      for (const document of left) document.isInDoubt = true
      await think(AGAIN_MS, AbortSignal.timeout(AGAIN_MS))
    }
    return left
  }

  function settle({ id, isSound, isInDoubt }: Document, outcome: Outcome): void {
    if (!('accepted' in outcome)) {
      ledger.count('refused')
      const why =
        'problems' in outcome ? outcome.problems.map(({ rule }) => rule).join(', ') : 'taken for something else'
      if (isSound) ledger.accuse(`The dispatch of ${id} is sound, and was refused in bulk: ${why}.`)
      return
    }
    const { dispatch, unchanged, created, revisions } = outcome.accepted
    if (!isSound) ledger.accuse(`A spoiled dispatch of ${id} was not refused in bulk.`)
    if (id === before?.id) {
      ledger.count('unchanged')
      if (!unchanged) ledger.accuse(`The dispatch of ${id}, sent again in bulk, was not unchanged.`)
      return
    }
    if (unchanged && !isInDoubt) ledger.accuse(`The dispatch of ${id} is new, and was unchanged in bulk.`)
    ledger.count('accepted')
    ledger.write({ id: dispatch, by: 'dispatch', revisions: unchanged ? null : revisions, created })
  }

  while (!signal.aborted) {
    const sound = Array.from({ length: BULK }, () => supply.next().value as Sent)
    const of = (sent: Sent, isSound: boolean): Document => ({
      ...{ id: sent.report.id, document: isSound ? sent : spoiled(sent, dice), isSound, isInDoubt: false },
    })
    const spoil = of(sound[dice.roll(BULK)] as Sent, false)
    let left = [...(before ? [before] : []), spoil, ...sound.map((sent) => of(sent, true))]
    while (left.length > 0 && !abandoned.aborted) left = await take(left)
    before = { ...of(sound.at(-1) as Sent, true) }
    await think((4000 + dice.roll(4000)) * pace, signal)
  }
}

async function* foundOf(documents: readonly Document[]): AsyncGenerator<Found> {
  for (const { id, document } of documents) yield { source: { file: id }, bytes: 0, document }
}
