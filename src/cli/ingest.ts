import { parseArgs } from 'node:util'
import { ConfigError, databaseConfig } from '../config.ts'
import { BatchFailure, ingestDocuments } from '../ingest/batch.ts'
import { type Found, readDocuments, type Source, sizeOf } from '../ingest/reader.ts'
import { count, emptySummary, refusalLine, summaryLines } from '../ingest/summary.ts'
import { onInterrupt } from '../interrupt.ts'
import { openStore } from '../store/open.ts'
import { StartupError } from '../store/startupError.ts'
import { commandAuthor } from './author.ts'
import { openProgress } from './progress.ts'

const USAGE = `npm run ingest -- PATH...

Takes dispatches and process documents into the record: JSON files, *.ndjson files with one document a line, folders
of both, and - for standard input. What the record has already is left as it is, so a run can be repeated.

Settings: DATABASE_URL (a PostgreSQL server; without it an embedded one) and PARLEY_DATA_DIR (its folder, .data).
Exit code: 0 all taken, 1 something was refused or failed, 2 it could not start, 130 it was interrupted.`

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartupError || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function main(args: string[]): Promise<number> {
  const { paths, help } = argumentsOf(args)
  if (help) {
    console.log(USAGE)
    return 0
  }
  const progress = openProgress(process.stderr, Date.now)
  const { database, close } = await openStore({ ...databaseConfig(process.env), log: progress.print })
  const summary = emptySummary()
  const stop = new AbortController()
  let isInterrupted = false
  onInterrupt(
    () => {
      isInterrupted = true
      progress.print('Stopping after the running batch')
      stop.abort()
    },
    () => progress.print('Still at it; Ctrl-C stops at once'),
  )
  let failure: BatchFailure | undefined
  try {
    const total = await sizeOf(paths)
    let settled = 0
    const sizes = new WeakMap<Source, number>()
    const documents = measured(readDocuments(paths, { stdin: process.stdin, signal: stop.signal }), sizes)
    await ingestDocuments(documents, {
      pool: database.pool,
      now: () => new Date(),
      author: commandAuthor('npm run ingest'),
      signal: stop.signal,
      onOutcome(outcome) {
        count(summary, outcome)
        if ('problems' in outcome) for (const p of outcome.problems) progress.print(refusalLine(outcome.source, p))
        settled += sizes.get(outcome.source) ?? 0
        const done = total === undefined ? undefined : settled / Math.max(1, total)
        progress.show(`Documents: ${summary.documents}, refused: ${summary.refused}; at ${outcome.source.file}`, done)
      },
    })
  } catch (error) {
    if (!(error instanceof BatchFailure)) throw error
    failure = error
  } finally {
    stop.abort()
    progress.end()
    await close()
  }
  for (const line of summaryLines(summary)) console.log(line)
  if (failure !== undefined) console.error(failureLine(failure))
  if (isInterrupted) console.error('Interrupted: run it again to take in the rest')
  if (failure !== undefined || summary.refused > 0) return 1
  return isInterrupted ? 130 : 0
}

/** Notes how large each document is: progress is told when its batch is settled, not when it is read. */
async function* measured(documents: AsyncIterable<Found>, sizes: WeakMap<Source, number>): AsyncGenerator<Found> {
  for await (const found of documents) {
    sizes.set(found.source, found.bytes)
    yield found
  }
}

function argumentsOf(args: string[]): { paths: string[]; help: boolean } {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean' } } })
    if (positionals.length === 0 && !values.help)
      throw new Error('Name at least one file or folder, or - for standard input')
    return { paths: positionals, help: values.help ?? false }
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function failureLine({ source: { file, line }, documents, message, isInDoubt }: BatchFailure): string {
  const at = line === undefined ? file : `${file}:${line}`
  const became = isInDoubt
    ? 'its commit was not answered, so all of it is in the record or nothing'
    : 'nothing of it is in the record'
  return `A batch of ${documents} failed at ${at} (${message}): ${became}, what came before it is. Run it again.`
}
