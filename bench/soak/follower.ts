import { type Line, openLine } from '../../test/support/line.ts'
import { filters } from './filters.ts'
import { type Journal, openJournal } from './journal.ts'
import { think } from './patience.ts'
import { kindOf } from './post.ts'
import { type Stream, type Way, ways } from './streams.ts'
import type { Troubles } from './trouble.ts'

/** Somebody who follows, over whatever happens. */
export interface Follower {
  readonly journal: Journal
  /** The place of its filter in the list. */
  readonly filter: number
  /** Its connection is gone in this moment, and it comes back by its cursor. */
  kill(): Promise<void>
  /** Takes nothing for a while; to it, what was sent is under way. */
  stall(ms: number, signal: AbortSignal): Promise<void>
  leave(): Promise<void>
}

export interface FollowerOptions {
  readonly way: Way
  readonly filter: number
  /** The port of a server. */
  readonly port: number
  /** Where to begin; undefined: from now on. */
  readonly start: { readonly after: string; readonly position: number } | undefined
  readonly troubles: Troubles
}

/** How long a stock client waits before it comes back. */
const WAIT_MS = 150

export async function openFollower({ way, filter, port, start, troubles }: FollowerOptions): Promise<Follower> {
  const { name, sent } = filters[filter] as (typeof filters)[number]
  const journal = openJournal(way, name, start)
  const line: Line = await openLine(port)
  const leaving = new AbortController()
  let stream: Stream | undefined
  let isOurs = false
  const note = (what: string) => {
    if (!isOurs && !leaving.signal.aborted) troubles.note(way, what)
  }

  async function connect(): Promise<string> {
    const opened = await ways[way]({ port: line.port, after: journal.cursor, filter: sent, onTrouble: note })
    stream = opened
    // It may have been asked to leave meanwhile.
    if (leaving.signal.aborted) await opened.stop()
    for (let item = await opened.next(); item !== undefined; item = await opened.next()) journal.take(item)
    return opened.why()
  }

  async function run(): Promise<void> {
    while (!leaving.signal.aborted) {
      const why = await connect().catch(kindOf)
      if (leaving.signal.aborted) return
      note(why)
      isOurs = false
      journal.returned()
      await think(WAIT_MS, leaving.signal)
    }
  }

  const running = run()
  return {
    journal,
    filter,
    async kill() {
      isOurs = true
      line.cut()
      await stream?.stop()
    },
    async stall(ms, signal) {
      const end = troubles.begin(['stall'])
      line.hold()
      await think(ms, signal)
      line.release()
      end()
    },
    async leave() {
      leaving.abort()
      // What is held back would keep a stream from noticing its end.
      line.cut()
      await stream?.stop()
      await running
      await line[Symbol.asyncDispose]()
    },
  }
}
