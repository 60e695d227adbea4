import type { FeedState, Item } from '../../src/feed/item.ts'
import type { Line } from '../../src/feed/line.ts'

/** What went out of an item. */
export interface Sent {
  readonly position: number
  readonly previousPosition: number
  readonly head: number
  /** Of a status. */
  readonly state?: FeedState
  /** Of a change. */
  readonly action?: string
  /** For viewers of which scope it was made. */
  readonly scope: string
}

/** A line in the test's hand. */
export interface FakeLine extends Line {
  /** Every write, in order, and what it held. */
  readonly writes: readonly (readonly Sent[])[]
  readonly sent: readonly Sent[]
  /** What its follower said when it ended. */
  readonly said: readonly string[]
  /** It takes as many writes as this, and then nothing. */
  room: number
  /** It takes more, or as many writes more. */
  drain(writes?: number): void
  /** Something of what it holds has gone. */
  trickle(): void
  /** Resolves when something fits that was sent and not yet asked for. */
  until(fits: (sent: Sent) => boolean): Promise<Sent>
  state(state: FeedState): Promise<Sent>
}

export const encodeSent = async (item: Item, scope: string): Promise<Buffer> => {
  const { position, previousPosition } = item
  const own = item.type === 'change' ? { action: item.action } : { state: item.state, head: item.head.position }
  return Buffer.from(JSON.stringify({ position, previousPosition, ...own, scope }))
}

export function fakeLine(): FakeLine {
  const writes: Sent[][] = []
  const sent: Sent[] = []
  const said: string[] = []
  const listeners = new Set<() => void>()
  let wake = () => {}
  let asked = 0
  let gone = 0
  const line: FakeLine = {
    ...{ writes, sent, said, room: Number.POSITIVE_INFINITY },
    peer: { transport: 'WEBSOCKET', address: '127.0.0.1' },
    isFree: () => line.room > 0,
    whenFree: (listener) => listeners.add(listener),
    progress: () => gone,
    write(batch) {
      line.room--
      const messages = batch.map(({ bytes }) => JSON.parse(String(bytes)) as Sent)
      writes.push(messages)
      sent.push(...messages)
      wake()
    },
    ended: (why, told) => said.push(`${why} ${told ? 'told' : 'untold'}`),
    drain(more = Number.POSITIVE_INFINITY) {
      line.room = more
      gone++
      const waiting = [...listeners]
      listeners.clear()
      for (const listener of waiting) listener()
    },
    trickle() {
      gone++
    },
    async until(fits) {
      for (;;) {
        const found = sent.slice(asked).findIndex(fits)
        if (found >= 0) {
          asked += found + 1
          return sent[asked - 1] as Sent
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    state: (state) => line.until((one) => one.state === state),
  }
  return line
}

/** What tells a sequence of items apart at a glance. */
export const told = (sent: readonly Sent[]) =>
  sent.map(({ position, state }) => (state === undefined ? position : `${state} ${position}`))
