import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a helper does, by name. Arguments and results go from process to process. */
type Acts<A> = { [Name in keyof A]: (asked: never) => Promise<unknown> }
type Asked<F> = F extends (asked: infer Q) => unknown ? Q : never
type Answer<F> = F extends (asked: never) => Promise<infer R> ? R : never

interface Told {
  readonly id?: number
  readonly result?: unknown
  readonly failed?: string
}

/** A process that works for the benchmark. */
export interface Helper<A extends Acts<A>> {
  readonly pid: number
  /** Rejects when the helper fails, at this or between questions, or takes longer than `most` milliseconds. */
  ask<Name extends keyof A & string>(name: Name, asked: Asked<A[Name]>, most?: number): Promise<Answer<A[Name]>>
  end(): void
}

const PATIENCE = 120_000

/** Starts a file of this folder as a helper. It ends with this process. */
export function startHelper<A extends Acts<A>>(name: string): Helper<A> {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  const child = fork(script, { execArgv: ['--import', import.meta.resolve('tsx')] })
  const open = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()
  let failure: Error | undefined
  let last = 0
  const failAll = (why: string) => {
    failure ??= new Error(`The ${name} has failed: ${why}`)
    for (const { reject } of open.values()) reject(failure)
    open.clear()
  }
  child.on('message', ({ id, result, failed }: Told) => {
    if (failed !== undefined) failAll(failed)
    else open.get(id as number)?.resolve(result as never)
    open.delete(id as number)
  })
  child.on('exit', (code, signal) => failAll(`it has ended (${signal ?? code})`))
  return {
    pid: child.pid as number,
    ask: (act, asked, most = PATIENCE) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) throw failure
        const id = ++last
        const late = setTimeout(() => reject(new Error(`The ${name} did not answer ${act} in ${most} ms`)), most)
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(late)
            settle(value)
          }
        open.set(id, { resolve: settled(resolve), reject: settled(reject) })
        child.send({ id, act, asked })
      }),
    end: () => child.kill('SIGKILL'),
  }
}

/** Answers what the benchmark asks, in the helper's process. */
export function answer<A extends Acts<A>>(acts: A): void {
  // Ctrl-C reaches every process of a terminal; the benchmark ends this one.
  process.on('SIGINT', () => {})
  process.on('disconnect', () => process.exit())
  process.on('message', ({ id, act, asked }: { id: number; act: keyof A; asked: never }) => {
    acts[act]?.(asked).then(
      (result) => process.send?.({ id, result }),
      (error: Error) => fail(error.message),
    )
  })
}

let hasFailed = false

/** Tells the benchmark, once, that a helper cannot go on. */
export function fail(why: string): void {
  if (hasFailed) return
  hasFailed = true
  process.send?.({ failed: why })
}
