import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from '../store/database.ts'
import { type HeldRow, listDue, nextDue } from '../store/held.ts'
import { write } from '../store/pen.ts'
import { isUnavailable } from '../store/unavailable.ts'
import { releaseDue } from './held.ts'

export interface ReleaserOptions {
  readonly pool: Pool
  readonly now: () => Date
  /** How often it looks even if nothing is due, in milliseconds: another server may have taken in what is due sooner. */
  readonly pollMs: number
  /** Told when the record has taken in what was due. */
  readonly onRelease: () => void
  readonly log: (error: unknown) => void
}

/** Takes in what is held under an embargo, once that is over. */
export interface Releaser {
  /** Waits for the release under way; what falls due later is another server's, or the next start's. */
  close(): Promise<void>
}

/**
 * Opens the releaser. It looks at once, so that what fell due while no server ran is in the record when this resolves,
 * unless the database is away; then whenever the next one is due. Several servers may look at the same time: each
 * dispatch is taken in once.
 */
export async function openReleaser(options: ReleaserOptions): Promise<Releaser> {
  const { pollMs, log } = options
  const closing = new AbortController()
  const { signal } = closing

  /** Looks, and tells in how many milliseconds to look again. */
  async function look(): Promise<number> {
    try {
      return await release(options, signal)
    } catch (error) {
      // That the database is away is said by whoever waits for it anyway.
      if (!isUnavailable(error)) log(error)
      return pollMs
    }
  }

  async function run(waitMs: number): Promise<void> {
    for (let next = waitMs; !signal.aborted; next = await look()) {
      await pause(next, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
    }
  }

  const running = run(await look())
  return {
    async close() {
      closing.abort()
      await running
    },
  }
}

async function release(options: ReleaserOptions, signal: AbortSignal): Promise<number> {
  const { pool, now, pollMs } = options
  let failed = false
  for (const due of await listDue(pool, now())) {
    if (signal.aborted) break
    // One that fails does not keep back the others, and is tried again no sooner than after a poll.
    if (!(await releaseOne(options, due))) failed = true
  }
  const next = failed ? undefined : await nextDue(pool)
  if (next === undefined) return pollMs
  return Math.min(pollMs, Math.max(1, next.getTime() - now().getTime()))
}

/** Each is a transaction of its own, in the name of whoever held it. Returns false where it failed within. */
async function releaseOne(
  { pool, now, onRelease, log }: ReleaserOptions,
  { id, heldBy, heldFrom }: Pick<HeldRow, 'id' | 'heldBy' | 'heldFrom'>,
): Promise<boolean> {
  try {
    const author = { name: heldBy, address: heldFrom }
    if (await write(pool, { now: now(), author }, (pen) => releaseDue(pen, id))) onRelease()
    return true
  } catch (error) {
    if (isUnavailable(error)) throw error
    log(error)
    return false
  }
}
