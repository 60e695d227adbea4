import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { programArgs } from './programs.ts'

/** A program of ours in a process of its own. */
export interface Command {
  readonly child: ChildProcess
  /** Ends its standard input and waits for its end. */
  finish(input?: string): Promise<Finished>
  /** Waits until it has said something, and returns all that it has said until then. */
  says(words: string): Promise<string>
}

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface StartOptions {
  /** All of its settings. */
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** A Ctrl-C at the terminal does not reach it. */
  readonly detached?: boolean
  /** As npm runs it, which takes longer. */
  readonly fromSource?: boolean
}

/** Starts `<name>.ts` of the checkout's `src` with arguments, in any folder. */
export function start(name: string, args: string[], options: StartOptions): Command {
  const kept = Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|HOST|PORT|PARLEY_\w+)$/.test(name))
  const child = spawn(process.execPath, [...programArgs(join('src', name), options), ...args], {
    env: { ...Object.fromEntries(kept), ...options.env },
    cwd: options.cwd,
    detached: options.detached,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  const settle = () => {
    for (const look of [...waiting]) look()
  }
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    settle()
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    settle()
  })
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  let isClosed = false
  void closed.then(() => {
    isClosed = true
    settle()
  })
  return {
    child,
    async finish(input) {
      if (!child.stdin.destroyed) child.stdin.end(input)
      const [code, signal] = await closed
      return { code, signal, stdout, stderr }
    },
    says(words) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const said = stdout + stderr
          if (said.includes(words)) resolve(said)
          else if (isClosed) reject(new Error(`It ended without saying "${words}": ${said}`))
          else return
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      })
    },
  }
}
