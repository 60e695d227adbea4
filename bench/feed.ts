import { openProgress } from '../src/cli/progress.ts'
import { UsageError } from './commandLine.ts'
import { aimsTable } from './feed/aims.ts'
import { openDatabases } from './feed/databases.ts'
import type { Generator } from './feed/generator.ts'
import { startHelper } from './feed/helper.ts'
import { machine } from './feed/machine.ts'
import type { Row } from './feed/measure.ts'
import { type Options, readOptions, USAGE } from './feed/options.ts'
import { installPeers } from './feed/peers.ts'
import { mostFiles } from './feed/proc.ts'
import { resultsOf } from './feed/results.ts'
import { behind, catchesUp, round } from './feed/rounds.ts'
import { boundLines, resultsTable } from './feed/table.ts'
import type { Writer } from './feed/writer.ts'

/** Files that a process has open besides the sockets of its followers. */
const SPARE = 200

try {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) console.log(USAGE)
  else {
    refuseMachine(options)
    installPeers((line) => console.error(line))
    console.log(await run(options))
  }
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
}

/** Says what keeps this machine from measuring, before anything is started. */
function refuseMachine({ sizes }: Options): void {
  if (process.platform !== 'linux') throw new UsageError('CPU and memory are read from /proc: this needs Linux')
  const needed = (sizes.at(-1) as number) + SPARE
  if (mostFiles() < needed) {
    throw new UsageError(
      `${sizes.at(-1)} followers need ${needed} open files, and the hard limit is ${mostFiles()}: raise it ` +
        `(ulimit -Hn ${needed}, as root) or measure fewer (--sizes 100,1000)`,
    )
  }
}

/** Measures, and returns what to print. */
async function run(options: Options): Promise<string> {
  const progress = openProgress(process.stderr, Date.now)
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new UsageError('Stopped'))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  })
  const began = performance.now()
  progress.show('Making the databases')
  const databases = await openDatabases()
  const helpers = { generator: startHelper<Generator>('generator'), writer: startHelper<Writer>('writer') }
  const measured: Row[] = []
  const work = async () => {
    const peers = await databases.create('peers')
    const full = await databases.create('record_behind', databases.template)
    if (options.servers.some(catchesUp)) {
      progress.show(`Writing ${behind.positions} positions to catch up with`)
      await helpers.writer.ask('open', { url: full, to: 'Parley' })
      await helpers.writer.ask('commit', { events: behind.positions })
      await helpers.writer.ask('close', null)
    }
    const bench = {
      options,
      databases,
      helpers,
      peers,
      full,
      show: progress.show,
      add: (row: Row) => measured.push(row),
    }
    for (let number = 0; number < options.rounds; number++) await round(bench, number)
  }
  const working = work()
  try {
    await Promise.race([working, interrupted])
  } finally {
    progress.end()
    // Whatever still waits for a helper fails, and ends the server that it has started.
    for (const helper of Object.values(helpers)) helper.end()
    await working.catch(() => {})
    await databases.close()
  }
  const results = resultsOf(measured)
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  return [
    `\`${options.command}\`, rounds: ${options.rounds}, minutes: ${minutes}. ${machine(databases.version)}`,
    resultsTable(results),
    boundLines(results),
    aimsTable(results, options.sizes.at(-1) as number),
  ].join('\n\n')
}
