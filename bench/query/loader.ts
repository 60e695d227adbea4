import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ingestDocuments } from '../../src/ingest/batch.ts'
import { readDocuments } from '../../src/ingest/reader.ts'
import { count, emptySummary, refusalLine } from '../../src/ingest/summary.ts'
import { openDatabase } from '../../src/store/database.ts'
import { author } from '../author.ts'
import { answer } from '../feed/helper.ts'
import { generate } from './generate.ts'

/** What it took to take in generated dispatches. */
export interface Loading {
  readonly developments: number
  /** Developments that the dispatches tell of, each time counted. */
  readonly accounts: number
  readonly seconds: number
  /** CPU seconds of the process that ingests. */
  readonly cpu: number
  /** The most memory that it had, in MB. */
  readonly memory: number
}

export interface Loader {
  /** Writes dispatches of so many developments to a file, and takes that in as `npm run ingest` does. */
  load(asked: { url: string; developments: number; file: string }): Promise<Loading>
}

function* lines(developments: number): Generator<string> {
  for (const document of generate(developments)) yield `${JSON.stringify(document)}\n`
}

answer<Loader>({
  async load({ url, developments, file }) {
    await pipeline(Readable.from(lines(developments)), createWriteStream(file))
    const database = await openDatabase({ url })
    const summary = emptySummary()
    let [accounts, memory] = [0, 0]
    const began = performance.now()
    const before = process.cpuUsage()
    await ingestDocuments(readDocuments([file], { stdin: process.stdin }), {
      pool: database.pool,
      now: () => new Date(),
      author,
      onOutcome(outcome) {
        if ('problems' in outcome)
          throw new Error(outcome.problems.map((p) => refusalLine(outcome.source, p)).join('\n'))
        count(summary, outcome)
        if ('accepted' in outcome) accounts += outcome.accepted.created.length + outcome.accepted.amended.length
        memory = Math.max(memory, process.memoryUsage().rss / 1e6)
      },
    })
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(before)
    await database.close()
    await rm(file)
    return { developments: summary.created, accounts, seconds, cpu: (user + system) / 1e6, memory }
  },
})
