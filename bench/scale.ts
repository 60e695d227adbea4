import { openProgress } from '../src/cli/progress.ts'
import { onInterrupt } from '../src/interrupt.ts'
import { haproxy } from '../test/support/proxy.ts'
import { UsageError } from './commandLine.ts'
import type { Generator } from './feed/generator.ts'
import { startHelper } from './feed/helper.ts'
import { hardware } from './feed/machine.ts'
import { mostFiles } from './feed/proc.ts'
import type { Writer } from './feed/writer.ts'
import type { Load } from './query/load.ts'
import type { Loader } from './query/loader.ts'
import { findings } from './scale/findings.ts'
import { type Options, readOptions, USAGE } from './scale/options.ts'
import { openRecords } from './scale/records.ts'
import { type Row, resultsOf } from './scale/results.ts'
import { round } from './scale/rounds.ts'
import { loadTable, processesTable, replicaTable } from './scale/table.ts'
import { cores } from './scale/usage.ts'

/** Files that a follower is to the proxy, at the most, and files beside those. */
const FILES = { each: 2, beside: 2500 }

try {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) console.log(USAGE)
  else {
    refuseMachine(options)
    console.log(await run(options))
  }
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
}
// What was broken off may still wait for a server.
process.exit()

/** Says what keeps this machine from measuring, before anything is started. */
function refuseMachine({ followers }: Options): void {
  if (process.platform !== 'linux') throw new UsageError('CPU is read from /proc: this needs Linux')
  if (haproxy === undefined) throw new UsageError('There is no haproxy in the PATH: install HAProxy 2.6 or later')
  const needed = followers * FILES.each + FILES.beside
  if (mostFiles() < needed)
    throw new UsageError(
      `This needs ${needed} open files, and the hard limit is ${mostFiles()} (ulimit -Hn ${needed}, as root)`,
    )
}

/** Measures, and returns what to print. */
async function run(options: Options): Promise<string> {
  const progress = openProgress(process.stderr, Date.now)
  const interrupted = new Promise<never>((_resolve, reject) => {
    onInterrupt(
      () => reject(new UsageError('Stopped')),
      () => {},
    )
  })
  // It may come before anybody waits for it.
  interrupted.catch(() => {})
  const began = performance.now()
  progress.show('Starting PostgreSQL')
  const records = await openRecords()
  const loader = startHelper<Loader>('../query/loader')
  const helpers = {
    load: startHelper<Load>('../query/load'),
    generator: startHelper<Generator>('generator'),
    writer: startHelper<Writer>('writer'),
  }
  const measured: Row[] = []
  const work = async () => {
    progress.show(`Loading ${options.developments.toLocaleString('en')} developments`)
    const requests = await records.load(options.developments, loader)
    const bench = { options, records, requests, helpers, show: progress.show, add: (row: Row) => measured.push(row) }
    for (let number = 0; number < options.rounds; number++) await round(bench, number)
  }
  const working = work()
  try {
    await Promise.race([working, interrupted])
  } finally {
    progress.end()
    // Whatever still waits for them fails, and ends the servers that it has started.
    for (const helper of [loader, ...Object.values(helpers)]) helper.end()
    await Promise.race([working.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 10_000))])
    await records.close()
  }
  const results = resultsOf(measured)
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  return [
    `\`${options.command}\`, rounds: ${options.rounds}, minutes: ${minutes}. ${hardware()}, loopback.\n` +
      `Node ${process.versions.node}, PostgreSQL ${records.version}, ${options.developments.toLocaleString('en')} developments. CPU in hundredths of a core, of ${cores}.`,
    processesTable(results),
    replicaTable(results),
    loadTable(results),
    findings(results, cores),
  ].join('\n\n')
}
