/**
 * Milliseconds on the machine's monotonic clock: all processes read the same one, and no correction of the time moves
 * it. `performance.now()` counts from each process's own start, which is known too roughly to compare.
 */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
