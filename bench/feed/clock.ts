// The monotonic clock counts from the machine's start: processes agree on it, and no correction of the time moves it.
const base = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** Milliseconds on a clock that every process of this machine shares. */
export function clock(): number {
  return base + performance.now()
}
