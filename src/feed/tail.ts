import { setTimeout as pause } from 'node:timers/promises'
import { type Listener, listen } from '../store/listen.ts'
import { type Entry, type Head, readHead, readNews } from '../store/log.ts'
import type { TailStanding } from './standing.ts'

const PAGE = 500

export interface TailOptions {
  /** Database address; a connection of its own, to the primary, not through a transaction pooler. */
  readonly url: string
  /** How often it looks even if no notice came, in milliseconds: what a lost notice costs. */
  readonly pollMs: number
  /** Told each run of new entries, in order, once. */
  readonly onEntries: (entries: readonly Entry[]) => void
  /** Told when an actor, place, outlet or process was added or changed. */
  readonly onIdentities?: () => void
  /** Told when the connection is lost and when it is back. */
  readonly onConnection?: (state: 'connected' | 'lost', error?: Error) => void
}

/** Reads the log to its end and stays there. */
export interface Tail {
  /** Where it began to read. */
  readonly start: Head
  /**
   * The database's head, as far as it can be known without asking: no commit has been announced since the last look,
   * which was a poll ago at the most. Undefined while the connection is lost, or a look is due.
   */
  known(): Head | undefined
  /** Looks at once; until it has, nothing is known. */
  look(): void
  standing(): TailStanding
  close(): Promise<void>
}

/**
 * Opens the tail at the feed's present end. It listens first and reads then, so that no commit falls between; a notice
 * only says "look now". When its connection breaks it comes back with growing, jittered delays and catches up.
 * Rejects when the first connection fails.
 */
export async function openTail(options: TailOptions): Promise<Tail> {
  const { onConnection = () => {} } = options
  let client = await listen(options.url)
  const start = await readHead(client)
  let { position, tag, identities } = start
  // How often a look was asked for, and how often it had been when the look began that has found the end.
  let asked = 0
  let answered = -1
  let lookedAt = 0
  // When a look began that found the end, also if more was asked for since.
  let atEnd = performance.now()
  let isConnected = true
  let wake = () => {}
  const stopping = new AbortController()
  const running = run()

  function look() {
    asked++
    wake()
  }

  return {
    start,
    known() {
      // A connection that hangs answers no poll, and fails only much later.
      const isFresh = answered === asked && performance.now() - lookedAt < 2 * options.pollMs
      return isFresh ? { position, tag, identities, history: start.history } : undefined
    },
    look,
    standing: () => ({ isConnected, delayMs: performance.now() - atEnd }),
    async close() {
      stopping.abort()
      wake()
      await running
      await client.end().catch(() => {})
    },
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      isConnected = true
      onConnection('connected')
      const error = await readOn(client)
      answered = -1
      isConnected = false
      if (stopping.signal.aborted) return
      onConnection('lost', error)
      await client.end().catch(() => {})
      const back = await reconnect()
      if (back === undefined) return
      client = back
    }
  }

  /** Reads until the connection fails, and returns why. */
  async function readOn(on: Listener): Promise<Error | undefined> {
    let failure: Error | undefined
    const fail = (error?: Error) => {
      failure ??= error ?? new Error('the connection ended')
      wake()
    }
    on.on('error', fail).on('end', () => fail())
    on.on('notification', look)
    while (failure === undefined && !stopping.signal.aborted) {
      try {
        const [asking, began] = [asked, performance.now()]
        const { entries, head } = await readNews(on, position, PAGE)
        if (head.identities !== identities) options.onIdentities?.()
        identities = head.identities
        const last = entries.at(-1)
        if (last !== undefined) {
          position = last.position
          tag = last.tag
          options.onEntries(entries)
        }
        lookedAt = began
        // Another head is one further on, or of another history: a backup was restored beneath us.
        const isAtEnd = head.position === position && head.tag === tag
        answered = isAtEnd ? asking : -1
        if (isAtEnd) atEnd = began
        if (entries.length === PAGE || asked !== asking || failure !== undefined) continue
      } catch (error) {
        return error as Error
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.pollMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (stopping.signal.aborted) wake()
      })
    }
    return failure
  }

  async function reconnect(): Promise<Listener | undefined> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      const delay = Math.min(5000, 50 * 2 ** attempt) * (0.5 + Math.random())
      await pause(delay, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return undefined
      try {
        return await listen(options.url)
      } catch (error) {
        onConnection('lost', error as Error)
      }
    }
    return undefined
  }
}
