import { setImmediate as turn } from 'node:timers/promises'
import pg from 'pg'
import { type Parley, startParley } from '../support/parley.ts'
import { residentBytes } from '../support/proc.ts'
import { Broken } from './promises.ts'
import type { Lexicon } from './words.ts'

/** Where the feed ends, and how often identities have changed. */
export interface Head {
  readonly position: number
  readonly identities: number
}

/** A server under attack, in a process of its own, and the database beneath it. */
export interface Target extends AsyncDisposable {
  readonly port: number
  readonly pool: pg.Pool
  readonly lexicon: Lexicon
  head(): Promise<Head>
  /** Memory of the server that is in use, in bytes. */
  memory(): number
  /** Throws when the server has ended, or has logged anything since there were so many pieces of its log. */
  expectWell(since: number): Promise<void>
  /** Throws unless it answers a plain question. */
  expectAnswering(): Promise<void>
  /** All that it has logged since it was ready. */
  readonly logged: readonly string[]
  /** Starts it again where it has ended. */
  revive(): Promise<void>
  /** Runs work that looks at the head, alone of its like. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

/** Starts the server with these settings, over the database at `url`. */
export async function openTarget(url: string, env: NodeJS.ProcessEnv): Promise<Target> {
  const logged: string[] = []
  let parley = await begin()
  const pool = new pg.Pool({ connectionString: url, max: 3, options: '-c timezone=UTC' })
  let last: Promise<unknown> = Promise.resolve()

  async function begin(): Promise<Parley> {
    const started = await startParley(env)
    for (const stream of [started.command.child.stderr, started.command.child.stdout])
      stream?.on('data', (chunk: Buffer) => logged.push(String(chunk)))
    return started
  }

  const hasEnded = () => {
    const { exitCode, signalCode } = parley.command.child
    return exitCode !== null || signalCode !== null
  }

  async function head(): Promise<Head> {
    const { rows } = await pool.query<Head>('select position, identities from "Head"')
    return rows[0] as Head
  }

  return {
    get port() {
      return Number(new URL(parley.address).port)
    },
    pool,
    lexicon: await lexiconOf(parley),
    logged,
    head,
    memory: () => residentBytes(parley.command.child.pid as number),
    async expectWell(since) {
      // What it has logged before its answer is there to be read by now.
      await turn()
      const news = logged.slice(since).join('')
      if (hasEnded()) throw new Broken(`the server has ended: ${news.slice(0, 3000)}`)
      if (news !== '') throw new Broken(`the server logged: ${news.slice(0, 3000)}`)
    },
    async expectAnswering() {
      const { position } = await head()
      const answered = await parley.head()
      if (answered < position) throw new Broken(`it answers ${answered} for the end of the feed, not ${position}`)
    },
    async revive() {
      if (!hasEnded()) return
      parley = await begin()
    },
    alone(work) {
      const done = last.then(work)
      last = done.catch(() => {})
      return done
    },
    async [Symbol.asyncDispose]() {
      await pool.end()
      if (!hasEnded()) await parley.stop()
    },
  }
}

async function lexiconOf({ ask }: Parley): Promise<Lexicon> {
  const { feedHead, developments, actors, reports } = await ask<{
    feedHead: { cursor: string; origin: string }
    developments: { nodes: { id: string; ref: string }[]; pageInfo: { endCursor: string } }
    actors: { nodes: { id: string; ref: string; name: string }[] }
    reports: { nodes: { id: string; ref: string }[] }
  }>(`{
    feedHead { cursor origin }
    developments(first: 30) { nodes { id ref } pageInfo { endCursor } }
    actors(first: 15) { nodes { id ref name } }
    reports(first: 5) { nodes { id ref } }
  }`)
  const nodes = [...developments.nodes, ...actors.nodes, ...reports.nodes]
  const names = actors.nodes.map(({ name }) => name)
  return {
    words: [
      'armenia-azerbaijan',
      ...nodes.map(({ ref }) => ref),
      ...names,
      'a reason',
      'prisoner* -nobody',
      'dw',
      'AZ',
    ],
    ids: nodes.map(({ id }) => id),
    cursors: [feedHead.origin, feedHead.cursor, developments.pageInfo.endCursor],
  }
}
