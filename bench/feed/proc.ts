import { readdirSync, readFileSync } from 'node:fs'

/** CPU seconds that a process has used, all of its threads together, to the nanosecond. */
export function cpuOf(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readIfThere(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0])
  }
  return nanoseconds / 1e9
}

/** Resident memory of a process, in KB. */
export function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

/** How many files and sockets a process may open; Node raises its own limit to this by itself. */
export function mostFiles(): number {
  const limit = /^Max open files\s+\d+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit)
}

const WINDOW = 100

/** Waits until a process has next to nothing to do, `most` milliseconds at most. */
export async function quiet(pid: number, most = 10_000): Promise<void> {
  const deadline = performance.now() + most
  for (let before = cpuOf(pid); performance.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, WINDOW))
    const now = cpuOf(pid)
    if (now - before < 0.05 * (WINDOW / 1000)) return
    before = now
  }
}

// A thread may end between being listed and being read.
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '0'
  }
}
