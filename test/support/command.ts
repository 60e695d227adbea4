import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A command in a process of its own. */
export interface Command {
  readonly child: ChildProcess
  /** Ends its standard input and waits for its end. */
  finish(input?: string): Promise<Finished>
  /** Waits until it has said something on its standard error. */
  says(words: string): Promise<void>
}

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts `src/cli/<name>.ts` with arguments, in any folder, with no settings but those given. */
export function start(name: string, args: string[], options: { env?: NodeJS.ProcessEnv; cwd?: string }): Command {
  const script = fileURLToPath(new URL(`../../src/cli/${name}.ts`, import.meta.url))
  const { DATABASE_URL: _, PARLEY_DATA_DIR: __, ...env } = process.env
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, ...args], {
    env: { ...env, ...options.env },
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  return {
    child,
    async finish(input) {
      if (!child.stdin.destroyed) child.stdin.end(input)
      const [code, signal] = await closed
      return { code, signal, stdout, stderr }
    },
    async says(words) {
      while (!stderr.includes(words)) {
        const ended = await Promise.race([once(child.stderr, 'data').then(() => false), closed.then(() => true)])
        if (ended && !stderr.includes(words)) throw new Error(`It ended without saying "${words}": ${stderr}`)
      }
    },
  }
}
