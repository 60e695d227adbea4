import { csvRows } from '../support/csv.ts'

/** A promise of the server that was broken. */
export class Broken extends Error {}

/** How long an answer, or the end of a connection, may take before it counts as a hang, in milliseconds. */
export const PATIENCE_MS = 30_000

// What runs it, where it lies and what it asks the database is nobody's business.
const internal = [
  /\bat \S+ \(?[^\s()"]+:\d+:\d+\)?/,
  /node_modules|file:\/\/|\/src\/\w+\/\w+\.ts/,
  /\b(select|insert into|update|delete from)\b[^{}]{0,200}\b(from|values|set|where)\b[^{}]*["$]\w/,
  /PrismaClient|ECONNREFUSED|EPIPE|pg_catalog/,
  /syntax error at or near|violates \w+[ -]\w+ constraint|invalid byte sequence|out of range for type|could not determine/,
  /Cannot read properties of|is not a function|is not iterable|Maximum call stack|Converting circular/,
]

/** Expects text that a client gets to tell nothing of what is inside, and no failure there. */
export function expectNothingInternal(text: string): void {
  if (text.includes('Unexpected error.') || /"unexpected":\s*true/.test(text))
    throw new Broken(`an unexpected error: ${text.slice(0, 500)}`)
  for (const pattern of internal) {
    const found = pattern.exec(text)
    if (found) throw new Broken(`something internal: ${text.slice(Math.max(0, found.index - 100), found.index + 300)}`)
  }
}

/** Expects a status that is the client's doing, and a body that is what its content type says. */
export function expectAnswer(status: number, contentType: string, body: string): void {
  if (status >= 500) throw new Broken(`status ${status}: ${body.slice(0, 500)}`)
  // GraphiQL: its scripts look like anything.
  if (body.trimStart().startsWith('<!') && contentType.startsWith('text/html')) return
  expectNothingInternal(body)
  try {
    read(contentType, body)
  } catch (error) {
    throw new Broken(`${(error as Error).message}, as ${contentType || 'nothing'}: ${body.slice(0, 500)}`)
  }
}

function read(contentType: string, body: string): void {
  const [type = ''] = contentType.split(';')
  if (/json$/.test(type) && !type.includes('ndjson')) JSON.parse(body)
  else if (type === 'application/x-ndjson') for (const line of body.split('\n').filter(Boolean)) JSON.parse(line)
  else if (type === 'text/csv') csvRows(body)
  else if (type === 'text/event-stream') {
    for (const event of body.split('\n\n').slice(0, -1)) {
      for (const [, data] of event.matchAll(/^data: (.*)$/gm)) JSON.parse(data as string)
    }
  } else if (type === '' && body !== '') throw new Error('a body of no type')
}

// 4500: graphql-ws ends so what it takes for our failure; 1011: ws; 1013: what we do while the database is away.
const failures = new Set([4500, 1011, 1013])

/** Expects the end of a WebSocket to be the client's doing. */
export function expectClose(code: number, reason: string): void {
  if (failures.has(code)) throw new Broken(`close code ${code}: ${reason}`)
  expectNothingInternal(reason)
}

/** Waits no longer than patience lasts. */
export async function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Broken(`${what}: nothing for ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
