import { residentOf } from '../feed/proc.ts'

/** The memory that one process of a server had; megabytes, and minutes since it was started. */
export interface Remembered {
  readonly server: string
  /** How long it was watched. */
  readonly minutes: number
  /** After warm-up. */
  readonly first: number
  readonly most: number
  readonly last: number
  /** After all followers had left; undefined: it had gone by then. */
  readonly after: number | undefined
  /** By a line fitted to what it had after warm-up, and to the second half of that. */
  readonly perMinute: number
  readonly perMinuteLate: number
}

/** Watches how much memory servers have. */
export interface Memory {
  watch(pid: number, server: string): void
  forget(pid: number): void
  /** Notes what those that are there have now that nobody follows. */
  after(): void
  list(): Remembered[]
  close(): void
}

export interface Sample {
  readonly minute: number
  readonly megabytes: number
}

interface Watched {
  readonly server: string
  readonly began: number
  readonly samples: Sample[]
  after: number | undefined
}

/** Caches, pools and compiled code come in the first minute; a shorter life has a shorter warm-up. */
const WARM_UP_MINUTES = 1
/** Of fewer samples no growth is told. */
const FEWEST = 10

/** @param everyMs how often it looks */
export function watchMemory(everyMs: number): Memory {
  const watched = new Map<number, Watched>()
  const all: Watched[] = []
  const look = (pid: number, { began, samples }: Watched) => {
    const megabytes = residentOf(pid) / 1024
    samples.push({ minute: (performance.now() - began) / 60_000, megabytes })
    return megabytes
  }
  const lookAll = () => {
    for (const [pid, process] of watched) {
      try {
        look(pid, process)
      } catch {
        // It has just gone, and is forgotten in a moment.
      }
    }
  }
  const timer = setInterval(lookAll, everyMs)
  return {
    watch(pid, server) {
      const process = { server, began: performance.now(), samples: [], after: undefined }
      watched.set(pid, process)
      all.push(process)
    },
    forget: (pid) => void watched.delete(pid),
    after() {
      for (const [pid, process] of watched) process.after = look(pid, process)
    },
    list: () => all.filter(({ samples }) => samples.length > 0).map(remembered),
    close: () => clearInterval(timer),
  }
}

function remembered({ server, samples, after }: Watched): Remembered {
  // What is had after the followers have left is no part of what it had with them.
  const living = after === undefined ? samples : samples.slice(0, -1)
  const minutes = living.at(-1)?.minute ?? 0
  const warm = living.filter(({ minute }) => minute >= Math.min(WARM_UP_MINUTES, minutes / 4))
  const late = warm.slice(Math.floor(warm.length / 2))
  return {
    ...{ server, minutes, after },
    first: warm[0]?.megabytes ?? Number.NaN,
    most: Math.max(...living.map(({ megabytes }) => megabytes)),
    last: warm.at(-1)?.megabytes ?? Number.NaN,
    perMinute: slopeOf(warm),
    perMinuteLate: slopeOf(late),
  }
}

/** Megabytes a minute, by the line of least squares; NaN of too few samples. */
export function slopeOf(samples: readonly Sample[]): number {
  if (samples.length < FEWEST) return Number.NaN
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ megabytes }) => megabytes))]
  const along = samples.reduce((sum, { minute, megabytes }) => sum + (minute - x) * (megabytes - y), 0)
  return along / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0)
}
