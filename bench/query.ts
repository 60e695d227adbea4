import { openProgress } from '../src/cli/progress.ts'
import { UsageError } from './commandLine.ts'
import { startHelper } from './feed/helper.ts'
import { machine } from './feed/machine.ts'
import { installPeers } from './feed/peers.ts'
import { aimsTable } from './query/aims.ts'
import type { Load } from './query/load.ts'
import { type Row, resultsOf } from './query/measure.ts'
import { type Options, readOptions, USAGE } from './query/options.ts'
import { type Loaded, openRecords } from './query/records.ts'
import { round } from './query/rounds.ts'
import { boundLines, loadedTable, resultsTable } from './query/table.ts'

try {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) console.log(USAGE)
  else {
    if (process.platform !== 'linux') throw new UsageError('CPU is read from /proc: this needs Linux')
    installPeers((line) => console.error(line))
    console.log(await run(options))
  }
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
}
// What was broken off may still wait for a server.
process.exit()

/** Measures, and returns what to print. */
async function run({ rounds, sizes, milliseconds, command }: Options): Promise<string> {
  const progress = openProgress(process.stderr, Date.now)
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new UsageError('Stopped'))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  })
  const began = performance.now()
  progress.show('Starting PostgreSQL')
  const records = await openRecords(progress.show)
  const load = startHelper<Load>('../query/load')
  const measured: Row[] = []
  const opened: { size: number; url: string; loaded: Loaded }[] = []
  const work = async () => {
    for (const size of sizes) opened.push({ size, ...(await records.open(size)) })
    const { postmaster } = records
    const bench = { load, postmaster, milliseconds, show: progress.show, add: (row: Row) => measured.push(row) }
    for (let number = 0; number < rounds; number++) {
      for (const { size, url } of opened) await round(bench, size, url, number)
    }
  }
  const working = work()
  try {
    await Promise.race([working, interrupted])
  } finally {
    progress.end()
    // Whatever still waits for it fails, and ends the servers that it has started.
    load.end()
    await Promise.race([working.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 5000))])
    await records.close()
  }
  const results = resultsOf(measured)
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  return [
    `\`${command}\`, rounds: ${rounds}, minutes: ${minutes}. ${machine(records.version)}`,
    resultsTable(results),
    boundLines(results),
    loadedTable(opened),
    aimsTable(results, opened),
  ].join('\n\n')
}
