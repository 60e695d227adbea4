/** How long to wait before trying again. */
export interface Retry {
  /** After the first failure, in milliseconds. It doubles with each further one. */
  readonly firstMs: number
  /** At most, in milliseconds. */
  readonly mostMs: number
}

/** How soon a client comes back unless it is told otherwise. */
export const RETRY: Retry = { firstMs: 500, mostMs: 30_000 }

/**
 * How long to wait after so many failures in a row, in milliseconds. Between half of what is due and all of it, so that
 * those whom one server lost do not all come back at once.
 */
export function delayMs(failures: number, { firstMs, mostMs }: Retry, random: () => number = Math.random): number {
  // Beyond 2 ** 30 there is nothing to be waited for.
  const due = Math.min(mostMs, firstMs * 2 ** Math.min(30, Math.max(0, failures - 1)))
  return due * (0.5 + random() / 2)
}

/** A wait that can be cut short. */
export interface Wait {
  readonly over: Promise<void>
  end(): void
}

type Listen = (type: 'online', listener: () => void) => void

/** Waits; a browser that is online again waits no longer. */
export function wait(ms: number): Wait {
  const { addEventListener, removeEventListener } = globalThis as {
    addEventListener?: Listen
    removeEventListener?: Listen
  }
  let resolve = () => {}
  const over = new Promise<void>((done) => {
    resolve = done
  })
  const end = () => {
    clearTimeout(timer)
    removeEventListener?.call(globalThis, 'online', end)
    resolve()
  }
  const timer = setTimeout(end, ms)
  addEventListener?.call(globalThis, 'online', end)
  return { over, end }
}
