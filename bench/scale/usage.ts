import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { cpuOf, cpuOfTree } from '../feed/proc.ts'

/** CPU that was used, by whom: in seconds since each began, or between two looks in cores, 1 being all of one. */
export interface Usage {
  readonly servers: number
  readonly proxy: number
  /** PostgreSQL with all of its processes. */
  readonly primary: number
  readonly replica: number
  /** By anybody at all. */
  readonly machine: number
}

/** Whose CPU is told apart, by their process ids. */
export interface Users {
  readonly servers: readonly number[]
  readonly proxy?: number | undefined
  readonly primary: number
  readonly replica?: number | undefined
}

/** What has been used until now. */
export function usageOf({ servers, proxy, primary, replica }: Users): Usage {
  return {
    servers: servers.reduce((sum, pid) => sum + cpuOf(pid), 0),
    proxy: proxy === undefined ? 0 : cpuOf(proxy),
    primary: cpuOfTree(primary),
    replica: replica === undefined ? 0 : cpuOfTree(replica),
    machine: busySeconds(readFileSync('/proc/stat', 'utf8')),
  }
}

/** Kernel ticks a second. */
const TICKS = 100

/** Seconds that the processors of a machine were not idle, all together, from the text of /proc/stat. */
export function busySeconds(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (stat.split('\n')[0] as string)
    .split(/\s+/)
    .slice(1)
    .map(Number)
  // What another machine took of a processor was not to be had here.
  return (user + nice + system + irq + softirq + steal) / TICKS
}

/** How many cores each has used between two looks, so many seconds apart. */
export function between(before: Usage, after: Usage, seconds: number): Usage {
  const of = (name: keyof Usage) => (after[name] - before[name]) / seconds
  return {
    servers: of('servers'),
    proxy: of('proxy'),
    primary: of('primary'),
    replica: of('replica'),
    machine: of('machine'),
  }
}

/** How many cores there are. */
export const cores = cpus().length
