import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../../bench/commandLine.ts'
import { openProgress } from '../../src/cli/progress.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { hasProc } from '../support/proc.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { brokenOf, reportOf } from './report.ts'
import { run } from './run.ts'
import { openTarget } from './target.ts'

// What a run writes need not survive the machine.
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

try {
  const options = readOptions(process.argv.slice(2), Math.floor(Math.random() * 0x7fff_ffff))
  if (options === undefined) console.log(USAGE)
  else if (!hasProc) throw new UsageError('The memory of the server is read from /proc: this needs Linux')
  else if (!(await attack(options))) process.exitCode = 1
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
}
// What was broken off may still wait for a server.
process.exit()

/** Attacks, reports, and says whether all promises were kept. */
async function attack(options: Options): Promise<boolean> {
  const progress = openProgress(process.stderr, Date.now)
  console.log(`${options.cases} cases, seed ${options.seed}`)
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new UsageError('Stopped'))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  })
  const began = performance.now()
  const opened: (() => PromiseLike<void>)[] = []
  const work = async () => {
    progress.show('Starting Parley')
    const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'parley-fuzz-')))
    opened.push(() => rm(dataDir, { recursive: true, force: true }))
    const { url, close } = await openEmbedded({ dataDir, settings: FAST })
    opened.push(close)
    const target = await openTarget(url, { PARLEY_DATA_DIR: dataDir })
    opened.push(() => target[Symbol.asyncDispose]())
    const seen = await run(target, options, (done) => progress.show('Attacking', done))
    progress.end()
    console.log(reportOf(seen, target, (performance.now() - began) / 1000))
    return brokenOf(seen, target).length === 0
  }
  const working = work()
  try {
    return await Promise.race([working, interrupted])
  } finally {
    progress.end()
    working.catch(() => {})
    for (const close of opened.reverse()) await close()
  }
}
