import { readdirSync, readFileSync } from 'node:fs'

/** CPU seconds that a process has used, all of its threads together, to the nanosecond. */
export function cpuOf(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readIfThere(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0])
  }
  return nanoseconds / 1e9
}

/** Kernel ticks a second in /proc/PID/stat: 100 on every Linux that Node runs on. */
const TICKS = 100

/** CPU seconds that a process and those that it has started have used, also those that have ended. */
export function cpuOfTree(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(statOf(name)[1]) === pid)
  const [, , , , , , , , , , , , , ended = 0, endedInSystem = 0] = statOf(pid).map(Number)
  const running = [pid, ...children.map(Number)].reduce((sum, each) => sum + cpuIfThere(each), 0)
  return running + (ended + endedInSystem) / TICKS
}

/** The fields of /proc/PID/stat from the third on, the state: the name before them may hold blanks. */
function statOf(pid: number | string): string[] {
  return readIfThere(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
}

function cpuIfThere(pid: number): number {
  try {
    return cpuOf(pid)
  } catch {
    return 0
  }
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
