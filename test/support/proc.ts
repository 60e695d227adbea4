import { existsSync, readFileSync } from 'node:fs'

/** Whether this system tells of its processes and connections as Linux does. */
export const hasProc = existsSync('/proc/net/tcp')

/** How many bytes of memory a process has. */
export function residentBytes(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

/** How many bytes wait in the kernel at one end of an IPv4 connection; undefined when it is not held there any more. */
export function waitingBytes(from: number, to: number): number | undefined {
  const port = (number: number) => number.toString(16).toUpperCase().padStart(4, '0')
  // Local and remote address, 01 for an established one, bytes to send.
  const row = new RegExp(`: \\w{8}:${port(from)} \\w{8}:${port(to)} 01 (\\w{8}):`)
  const waiting = row.exec(readFileSync('/proc/net/tcp', 'utf8'))?.[1]
  return waiting === undefined ? undefined : Number.parseInt(waiting, 16)
}
