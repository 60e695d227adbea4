import { hostname, userInfo } from 'node:os'
import type { Author } from '../store/pen.ts'

/** Whom the audit trail names for what a command writes: the command, who runs it, and on which machine. */
export function commandAuthor(command: string): Author {
  return { name: `${command} (${userName()})`, address: hostname() }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user id that has no name here, as in a container.
    return `user ${process.getuid?.()}`
  }
}
