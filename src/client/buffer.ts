import type { Frame } from './contiguity.ts'

/** A frame that waits for the consumer. */
export interface Waiting {
  readonly frame: Frame
  /** It is, or has taken in, what says that everything up to the head had been sent over this connection. */
  readonly caughtUpBy: object | null
}

/** What has come in and was not taken yet. */
export interface Buffer {
  /** Changes in it. */
  readonly size: number
  readonly isFull: boolean
  add(waiting: Waiting): void
  /** The next one, if there is one. */
  take(): Waiting | undefined
  clear(): void
  /** Resolves when at most half of it is in use. */
  roomy(): Promise<void>
}

/** A buffer that is full with so many changes. */
export function makeBuffer(limit: number): Buffer {
  let waiting: Waiting[] = []
  let size = 0
  let wake = () => {}
  const look = () => {
    if (size <= limit / 2) wake()
  }
  return {
    get size() {
      return size
    },
    get isFull() {
      return size >= limit
    },
    add(next) {
      const before = waiting.at(-1)
      if (next.frame.status === null) size++
      // Of statuses in a row the last one says it all: however long nobody takes, they do not add up.
      else if (before?.frame.status) waiting.pop()
      const caughtUpBy = next.caughtUpBy ?? (before?.frame.status ? before.caughtUpBy : null)
      waiting.push({ frame: next.frame, caughtUpBy: next.frame.status === null ? null : caughtUpBy })
    },
    take() {
      const next = waiting.shift()
      if (next?.frame.status === null) size--
      look()
      return next
    },
    clear() {
      waiting = []
      size = 0
      look()
    },
    roomy() {
      return new Promise((resolve) => {
        wake = resolve
        look()
      })
    },
  }
}
