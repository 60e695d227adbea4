import { execFileSync } from 'node:child_process'

/** Whether this machine has a pg_dump that takes what the embedded PostgreSQL holds: one of its version, or later. */
export const hasPgDump = majorOf('pg_dump') >= 18 && majorOf('pg_restore') >= 18

function majorOf(program: string): number {
  try {
    return Number(/ (\d+)\./.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1])
  } catch {
    return 0
  }
}
