import type { Entry } from '../store/log.ts'
import { consider } from './consider.ts'
import type { Cursor } from './cursor.ts'
import type { Group, Member } from './group.ts'
import type { FeedState } from './item.ts'
import type { Ending, Line } from './line.ts'
import { inBatches } from './message.ts'
import type { Source } from './source.ts'
import type { FollowerStanding } from './standing.ts'
import type { Viewer, ViewerRole } from './viewer.ts'

const PAGE = 200
/** How many messages are made at once for a follower that is behind. */
const STEP = 16
/** How long to wait before trying again what failed: the first time, and at most, in milliseconds. */
const RETRY = { first: 50, most: 2000 }

export interface FollowerOptions {
  readonly source: Source
  readonly group: Group
  readonly viewer: Viewer
  readonly line: Line
  /** The position to follow from, exclusive. */
  readonly after: Cursor
}

/**
 * Follows the feed on a line: OPENED, every later match once and in order, CAUGHT_UP at the head, then live, with
 * heartbeats. While it is behind, all that it keeps is the position considered so far: it pulls as its line drains, and
 * nothing is queued for it. While it is live it stands where its group stands. After LAGGED, CLOSING or EXPIRED nothing
 * more comes, and it does not complete either, since clients take completion for the end: the transport ends the line.
 */
export class Follower implements Member {
  readonly line: Line
  readonly viewer: Viewer
  readonly #source: Source
  #group: Group
  #state: 'behind' | 'live' | 'told' | 'done' = 'behind'
  #at: Cursor
  #previous: number
  #isOpened = false
  #isCaughtUp = false
  /** When the next heartbeat is due. */
  #due: number
  /** What was read last, until it is considered. */
  #page: readonly Entry[] | undefined
  #isReading = false
  #failures = 0
  /** When to try again what failed. */
  #again = 0
  /** Until when its line has to get rid of something, and how much that was when the line became full. */
  #patience: { readonly until: number; readonly progress: number } | undefined
  #isLagging = false
  /** When it became live, or fell behind, as it stands now. */
  #since: number
  readonly #connectedAt: number
  #resolve: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor({ source, group, viewer, line, after }: FollowerOptions) {
    this.#source = source
    this.#group = group
    this.viewer = viewer
    this.line = line
    this.#at = after
    this.#previous = after.position
    this.#connectedAt = performance.now()
    this.#since = this.#connectedAt
    this.#due = this.#connectedAt + source.heartbeatMs
    group.enter(this)
    void this.#run()
  }

  get isLive(): boolean {
    return this.#state === 'live'
  }

  /** Where it stands while it is not live. */
  get position(): number {
    return this.#at.position
  }

  /** How it stands, for operators. */
  standing(): FollowerStanding {
    const now = performance.now()
    const { isLive, line, viewer } = this
    return {
      ...{ name: viewer.name, peer: line.peer },
      state: isLive ? 'LIVE' : line.isFree() ? 'BEHIND' : 'FULL',
      position: (isLive ? this.#group.reach() : this.#at).position,
      sinceMs: now - this.#since,
      connectedMs: now - this.#connectedAt,
    }
  }

  /** The line is gone, or its client wants no more. */
  stop(): void {
    if (this.#state === 'done') return
    this.#state = 'done'
    this.#group.leave(this)
    this.wake()
  }

  fallBehind(at: Cursor, previous: number): void {
    this.#state = 'behind'
    this.#since = performance.now()
    this.#at = at
    this.#previous = previous
    void this.#run()
  }

  told(why: Ending): void {
    this.#state = 'told'
    this.line.ended(why, true)
  }

  /** Looks again: something has happened. Bound, so that a line that is told twice to call it does so once. */
  readonly wake = (): void => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const resolve = this.#resolve
    this.#resolve = undefined
    resolve?.()
  }

  async #run(): Promise<void> {
    while (this.#state === 'behind') {
      try {
        await this.#goOn()
      } catch {
        this.#failed()
        await this.#sleep(this.#again - performance.now())
      }
    }
  }

  async #goOn(): Promise<void> {
    const group = this.#group
    if (this.viewer.scope !== group.scope) return this.#regroup(this.viewer.scope)
    if (!this.line.isFree()) return this.#untilFree()
    this.#patience = undefined
    const now = performance.now()
    if (this.#isLagging) await this.#tell('LAGGED')
    else if (this.#source.closing()) await this.#tell('CLOSING')
    else if (!this.#isOpened) this.#isOpened = await this.#send('OPENED')
    else if (now >= this.#due) await this.#send('HEARTBEAT')
    else if (this.#page !== undefined) await this.#sendPage(this.#page)
    else if (this.#at.position < group.reach().position) {
      if (now >= this.#again) void this.#read()
      await this.#sleep((now >= this.#again ? this.#due : Math.min(this.#due, this.#again)) - now)
    } else if (!this.#isCaughtUp) this.#isCaughtUp = await this.#send('CAUGHT_UP')
    else if (group.admit(this, this.#at, this.#previous)) {
      this.#state = 'live'
      this.#since = now
    } else await this.#sleep(this.#due - now)
  }

  /** Reads the next page beside the heartbeats. */
  async #read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    const { position } = this.#at
    try {
      const page = await this.#source.page(position, Math.min(PAGE, this.#group.reach().position - position))
      // A page without a match must not keep the event loop to itself.
      await new Promise(setImmediate)
      if (page.length === 0) throw new Error('There is more, but it was not to be read.')
      if (this.#state === 'behind' && this.#at.position === position) this.#page = page
    } catch {
      this.#failed()
    }
    this.#isReading = false
    this.wake()
  }

  /** Sends what was read, as far as the line takes it; what it does not take is read again when it does. */
  async #sendPage(page: readonly Entry[]): Promise<void> {
    this.#page = undefined
    const { filter } = this.#group.subscription
    const { changes, considered } = consider(page, { filter, previous: this.#previous, limit: STEP })
    const made = await Promise.all(changes.map(this.#group.message))
    this.#failures = 0
    for (const batch of inBatches(made)) {
      if (!this.#mayWrite() || !this.line.isFree()) return
      this.line.write(batch)
      this.#source.delivered(this.line.peer.transport, batch.length)
      this.#moveTo(batch.at(-1) as Cursor)
      this.#previous = this.#at.position
    }
    if (this.#state === 'behind') this.#moveTo(page[considered - 1] ?? this.#at)
  }

  async #send(state: FeedState): Promise<boolean> {
    const message = await this.#group.status(state, this.#at, this.#previous)
    if (!this.#mayWrite()) return false
    this.line.write([message])
    this.#due = performance.now() + this.#source.heartbeatMs
    return true
  }

  async #tell(why: 'LAGGED' | 'CLOSING'): Promise<void> {
    if (await this.#send(why)) this.told(why)
  }

  /** What was made while it waited is for it only if nothing has changed meanwhile. */
  #mayWrite(): boolean {
    return this.#state === 'behind' && this.viewer.scope === this.#group.scope
  }

  #moveTo({ position, tag }: Cursor): void {
    this.#at = { position, tag }
  }

  /** Its viewer may see more, less or nothing from now on. */
  #regroup(scope: ViewerRole | null): void {
    if (scope === null) {
      this.told('EXPIRED')
      return
    }
    const next = this.#group.ofScope(scope)
    this.#group.leave(this)
    this.#group = next
    next.enter(this)
  }

  async #untilFree(): Promise<void> {
    const now = performance.now()
    this.line.whenFree(this.wake)
    if (this.#isLagging) await this.#sleep()
    else if (this.#patience === undefined || this.#patience.progress !== this.line.progress())
      this.#patience = { until: now + this.#source.stallMs, progress: this.line.progress() }
    else if (this.#patience.until <= now) {
      this.#isLagging = true
      this.line.ended('LAGGED', false)
    } else await this.#sleep(this.#patience.until - now)
  }

  /** A database that fails costs latency only. */
  #failed(): void {
    const delay = Math.min(RETRY.most, RETRY.first * 2 ** this.#failures++) * (0.5 + Math.random())
    this.#again = performance.now() + delay
  }

  /** Waits until something happens or the time is over. */
  #sleep(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve
      if (ms !== undefined) this.#timer = setTimeout(this.wake, ms)
      if (this.#state === 'done') this.wake()
    })
  }
}
