import { createHash } from 'node:crypto'
import { traceDelivery } from '../store/trace.ts'
import { consider } from './consider.ts'
import type { Cursor } from './cursor.ts'
import type { FeedState, Item } from './item.ts'
import { followerTransports, type Line } from './line.ts'
import { type Batch, inBatches, type Message } from './message.ts'
import type { Source } from './source.ts'
import type { Subscription } from './subscription.ts'
import type { Viewer, ViewerRole } from './viewer.ts'

/** How many messages of a burst are made at once. */
const WAVE = 64

/** A follower, as its group sees it. */
export interface Member {
  readonly line: Line
  readonly viewer: Viewer
  /** It is live no more and goes on by itself from there. */
  fallBehind(at: Cursor, previous: number): void
  /** It was written its last message. */
  told(why: 'CLOSING'): void
  /** The group, or the feed, has moved. */
  wake(): void
}

/**
 * The followers to whom the same goes out: of one subscription and one scope. For those who are live every item is
 * executed once, encoded once and written to all of them in one turn of the loop; what waits is joined into one write.
 * Who is behind pulls for itself and comes in without a seam: in the very turn in which it stands where the group does.
 */
export interface Group {
  readonly subscription: Subscription
  readonly scope: ViewerRole
  enter(member: Member): void
  leave(member: Member): void
  /** How far who is behind goes by itself: to where the live ones are or, where there is none, to the head. */
  reach(): Cursor
  /** Makes a member live, if it stands where the group stands. `previous`: no match lies between it and `at`. */
  admit(member: Member, at: Cursor, previous: number): boolean
  message(item: Item): Promise<Message>
  status(state: FeedState, at: Cursor, previous: number): Promise<Message>
  /** The head has moved, or the feed is closing. */
  move(): void
  /** The group for the same subscription and another scope. */
  ofScope(scope: ViewerRole): Group
}

export interface GroupOptions {
  readonly source: Source
  readonly subscription: Subscription
  readonly scope: ViewerRole
  readonly ofScope: (scope: ViewerRole) => Group
  /** The last member has left. */
  readonly onEmpty: () => void
}

export function openGroup({ source, subscription, scope, ofScope, onEmpty }: GroupOptions): Group {
  const { filter, key } = subscription
  const name = createHash('sha256').update(`${scope}\n${key}`).digest('base64url')
  const live = new Set<Member>()
  const behind = new Set<Member>()
  // How many of the live ones each transport carries, so that what is delivered is counted once for all of them.
  const carried = { WEBSOCKET: 0, SSE: 0, FEED: 0 }
  // Where the live ones are, and the last match there; without meaning while nobody is live.
  let at = source.head()
  let previous = at.position
  let due = 0
  let isMoving = false
  let beat: NodeJS.Timeout | undefined

  function message(item: Item): Promise<Message> {
    const { position, tag, previousPosition } = item
    const what = item.type === 'change' ? '' : `${item.state} ${item.head.position}`
    return source.messages.get(`${name} ${position} ${previousPosition} ${what}`, async () => ({
      ...{ position, tag },
      bytes: await (item.type === 'change'
        ? traceDelivery(item, () => subscription.encode(item, scope))
        : subscription.encode(item, scope)),
    }))
  }

  const status = (state: FeedState, { position, tag }: Cursor, previousPosition: number) =>
    message({ type: 'status', state, position, tag, previousPosition, head: source.head() })

  async function moveOn(): Promise<void> {
    if (isMoving) return
    isMoving = true
    clearTimeout(beat)
    try {
      while (live.size > 0) {
        if (source.closing()) await farewell()
        else if (at.position < source.head().position) await wave()
        else if (performance.now() >= due) write([await status('HEARTBEAT', at, previous)])
        else break
      }
    } catch {
      // What cannot be made now, each of them asks for again.
      disband()
    }
    isMoving = false
    schedule()
    // Whoever stood at the head while nobody was live was kept out.
    if (live.size === 0) wakeBehind()
  }

  function wakeBehind() {
    for (const member of behind) member.wake()
  }

  function schedule() {
    clearTimeout(beat)
    if (live.size > 0 && !isMoving) beat = setTimeout(moveOn, Math.max(0, due - performance.now()))
  }

  async function wave(): Promise<void> {
    const entries = source.ring(at.position, WAVE)
    // More came at once than memory keeps: each of them reads on for itself.
    if (entries === undefined) return disband()
    const { changes, considered } = consider(entries, { filter, previous, limit: WAVE })
    const made = await Promise.all(changes.map(message))
    for (const batch of inBatches(made)) {
      write(batch)
      for (const transport of followerTransports) {
        if (carried[transport] > 0) source.delivered(transport, carried[transport] * batch.length)
      }
      at = batch.at(-1) as Message
      previous = at.position
    }
    at = entries[considered - 1] ?? at
    wakeBehind()
  }

  function write(batch: Batch): void {
    for (const member of live) {
      if (member.viewer.scope === scope && member.line.isFree()) member.line.write(batch)
      else fall(member)
    }
    due = performance.now() + source.heartbeatMs
  }

  async function farewell(): Promise<void> {
    const last = await status('CLOSING', at, previous)
    write([last])
    for (const member of live) {
      dismiss(member)
      behind.add(member)
      member.told('CLOSING')
    }
  }

  function disband(): void {
    const all = [...live]
    // First of all nobody is live: otherwise who falls behind would find the others where it stands, and be live again.
    for (const member of all) dismiss(member)
    for (const member of all) fall(member)
  }

  function dismiss(member: Member): void {
    if (live.delete(member)) carried[member.line.peer.transport]--
  }

  function fall(member: Member): void {
    dismiss(member)
    behind.add(member)
    member.fallBehind(at, previous)
  }

  return {
    ...{ subscription, scope, ofScope, message, status },
    enter: (member) => behind.add(member),
    leave(member) {
      dismiss(member)
      behind.delete(member)
      if (live.size === 0) clearTimeout(beat)
      if (live.size + behind.size === 0) onEmpty()
    },
    reach: () => (live.size > 0 ? at : source.head()),
    admit(member, place, lastMatch) {
      if (source.closing()) return false
      if (live.size === 0) {
        // Between two waves nobody may have been left.
        if (isMoving || place.position !== source.head().position) return false
        at = place
        previous = lastMatch
        due = performance.now() + source.heartbeatMs
      } else if (place.position !== at.position) return false
      // No match lies between it and `at`: if it is lower, what stood here was no match but where somebody began.
      previous = Math.min(previous, lastMatch)
      behind.delete(member)
      live.add(member)
      carried[member.line.peer.transport]++
      if (live.size === 1) schedule()
      return true
    },
    move() {
      wakeBehind()
      void moveOn()
    },
  }
}
