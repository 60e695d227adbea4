import { openProgress } from '../src/cli/progress.ts'
import { onInterrupt } from '../src/interrupt.ts'
import { UsageError } from './commandLine.ts'
import { type Options, readOptions, USAGE } from './soak/options.ts'
import { report } from './soak/report.ts'
import { soak } from './soak/run.ts'
import { findings } from './soak/verdict.ts'

try {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) console.log(USAGE)
  else await run(options)
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
}

/** Soaks, and prints the report. */
async function run({ minutes, seed, command }: Options): Promise<void> {
  if (process.platform !== 'linux') throw new UsageError('Memory is read from /proc: this needs Linux')
  const progress = openProgress(process.stderr, Date.now)
  const stop = new AbortController()
  let abandon = async () => {}
  onInterrupt(
    () => stop.abort(),
    () => {
      progress.print('Still settling; Ctrl-C ends it at once')
      // What it has started does not hear of a Ctrl-C by itself.
      process.once('SIGINT', () => abandon().finally(() => process.exit(130)))
    },
  )
  try {
    const soaked = await soak({
      ...{ seed, ms: minutes * 60_000, signal: stop.signal, show: progress.show },
      onAbandon: (end) => {
        abandon = end
      },
    })
    progress.end()
    console.log(report(soaked, { command, seed }))
    if (findings(soaked).length > 0) process.exitCode = 1
  } finally {
    progress.end()
  }
}
