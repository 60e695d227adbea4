// By PostgreSQL's classes (https://www.postgresql.org/docs/current/errcodes-appendix.html): connection exceptions,
// insufficient resources, operator intervention; by Node's names; by Prisma's (https://www.prisma.io/docs/orm/reference/error-reference).
const codes =
  /^(08|53|57P)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$|^P(1001|1002|1008|1017|2024)$/
// node-postgres gives these no code.
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/
// What Prisma's driver adapter makes of the same failures.
const kinds = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/

/** Whether an error, or what it was caused by, says that the database cannot be reached now: later it may be. */
export function isUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, kind, originalCode, cause } = error as { [member: string]: unknown }
  if ([code, originalCode].some((it) => typeof it === 'string' && codes.test(it))) return true
  if (typeof kind === 'string' && kinds.test(kind)) return true
  if (typeof message === 'string' && messages.test(message)) return true
  return isUnavailable(cause)
}
