import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Parley in a process of its own. */
export interface Served {
  /** False: it ended instead, having said why. */
  readonly isReady: Promise<boolean>
  /** Its exit code; 1 where it has none. */
  readonly ended: Promise<number>
  stop(): Promise<void>
}

/** Starts Parley as `npm start` does, and hands on what it says. */
export function serve(env: NodeJS.ProcessEnv, print: (line: string) => void): Served {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const args = ['--import', import.meta.resolve('tsx'), main]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines = createInterface(child.stdout)
  lines.on('line', print)
  createInterface(child.stderr).on('line', print)
  const ended = once(child, 'close').then(([code]) => (code as number | null) ?? 1)
  const ready = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => line.startsWith('Ctrl-C stops') && resolve(true))
  })
  return {
    isReady: Promise.race([ready, ended.then(() => false)]),
    ended,
    async stop() {
      // At a terminal it has had the same Ctrl-C already and takes this for its echo.
      child.kill('SIGTERM')
      await ended
    },
  }
}
