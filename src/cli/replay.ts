import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ingestDocuments, type Outcome } from '../ingest/batch.ts'
import { readDocuments } from '../ingest/reader.ts'
import { count, emptySummary, refusalLine, summaryLines } from '../ingest/summary.ts'
import { onInterrupt } from '../interrupt.ts'
import { openStore } from '../store/open.ts'
import { StartupError } from '../store/startupError.ts'
import { commandAuthor } from './author.ts'
import { openProgress } from './progress.ts'
import { type Dated, dayOf, inTime, readDated } from './publication.ts'
import { serve } from './serve.ts'

const SEED = fileURLToPath(new URL('../../seed/armenia-azerbaijan', import.meta.url))

const USAGE = `npm run replay -- [--speed N] [FOLDER]

Starts Parley on a record of its own that knows a process but no report yet, takes reports in, in the order and at the
pace of their publication, and goes on serving until Ctrl-C. Then that record is removed.

--speed N   days of the process a second; unless told, all of it takes half a minute
FOLDER      a process.json and dispatches; ${relative(process.cwd(), SEED)} unless told

Settings: those of npm start, but for DATABASE_URL and PARLEY_DATA_DIR, which are left alone.
Exit code: 0 stopped by Ctrl-C, 1 something was refused or failed, 2 it could not start.`

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function main(args: string[]): Promise<number> {
  const { folder, speed, help } = argumentsOf(args)
  if (help) {
    console.log(USAGE)
    return 0
  }
  const dispatches = await readDated(folder)
  const progress = openProgress(process.stdout, Date.now)
  if (process.env.DATABASE_URL || process.env.DATABASE_URL_FILE)
    progress.print('DATABASE_URL is left alone: a replay has a record of its own')
  const stop = new AbortController()
  onInterrupt(
    () => stop.abort(),
    () => progress.print('Still closing; Ctrl-C ends it at once'),
  )
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-replay-'))
  progress.print(`Replaying ${dispatches.length} reports into a throw-away record in ${dataDir}`)
  const opened = [() => rm(dataDir, { recursive: true, force: true })]
  try {
    const { database, close } = await openStore({ databaseUrl: undefined, dataDir })
    opened.push(close)
    const summary = emptySummary()
    const told = new Map(dispatches.map((dated) => [dated.found.source, dated]))
    const taking = {
      pool: database.pool,
      now: () => new Date(),
      author: commandAuthor('npm run replay'),
      signal: stop.signal,
      size: 1,
      onOutcome(outcome: Outcome) {
        const dated = told.get(outcome.source)
        if (dated) count(summary, outcome)
        for (const line of linesOf(outcome, dated)) progress.print(line)
        if (!dated && 'problems' in outcome) throw new StartupError('Without its process a replay cannot begin')
      },
    }
    // Parley fills a record that is empty; this one is not any more.
    await ingestDocuments(readDocuments([join(folder, 'process.json')], { stdin: process.stdin }), taking)
    if (stop.signal.aborted) return 0
    const others = { DATABASE_URL: '', DATABASE_URL_FILE: '', PARLEY_DATA_DIR: dataDir, PARLEY_DATA_DIR_FILE: '' }
    // What it says is for whoever looks on.
    const server = serve({ ...process.env, ...others, NODE_ENV: '' }, progress.print)
    opened.push(server.stop)
    stop.signal.addEventListener('abort', server.stop, { once: true })
    const ended = server.ended.finally(() => stop.abort())
    if (await server.isReady) {
      await ingestDocuments(inTime(dispatches, { speed, signal: stop.signal, show: progress.show }), taking)
      for (const line of summaryLines(summary)) progress.print(line)
      if (!stop.signal.aborted) progress.print('That was all. Parley goes on serving; Ctrl-C stops it.')
    }
    return (await ended) === 0 && summary.refused === 0 ? 0 : 1
  } finally {
    progress.end()
    for (const close of opened.reverse()) await close()
  }
}

function argumentsOf(args: string[]): { folder: string; speed: number | undefined; help: boolean } {
  try {
    const options = { speed: { type: 'string' }, help: { type: 'boolean' } } as const
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options })
    if (positionals.length > 1) throw new Error('Name one folder')
    const speed = values.speed === undefined ? undefined : Number(values.speed)
    if (speed !== undefined && !(speed > 0)) throw new Error(`--speed must be a number above 0, got ${values.speed}`)
    return { folder: positionals[0] ?? SEED, speed, help: values.help ?? false }
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

/** What came of a report: `2023-12-08 upi-2023-12-08: developments created 2, added to 9`. */
function linesOf(outcome: Outcome, dated: Dated | undefined): string[] {
  if ('problems' in outcome) return outcome.problems.map((problem) => refusalLine(outcome.source, problem))
  if (!('accepted' in outcome) || !dated) return []
  const { created, amended } = outcome.accepted
  return [
    `${dayOf(dated.published)} ${dated.report}: developments created ${created.length}, added to ${amended.length}`,
  ]
}
