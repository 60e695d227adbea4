/** What came of a request. */
export type Reply =
  | { readonly how: 'answered'; readonly data: Readonly<Record<string, unknown>> }
  /** There was an answer, of errors. */
  | { readonly how: 'failed'; readonly kinds: readonly string[] }
  /** The connection ended before an answer came: it may have been heard or not. */
  | { readonly how: 'unanswered'; readonly kind: string }

/** Asks a server by HTTP. */
export async function post(port: number, query: string, variables: object = {}): Promise<Reply> {
  let status: number
  let text: string
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    return { how: 'unanswered', kind: kindOf(error) }
  }
  const { data, errors } = parsed(text)
  if (errors !== undefined) return { how: 'failed', kinds: errors.map(kindOf) }
  return data ? { how: 'answered', data } : { how: 'failed', kinds: [`HTTP ${status}`] }
}

interface Body {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly object[]
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const code = /\b(E[A-Z]{4,}|UND_ERR_[A-Z_]+|ERR_[A-Z_]+)\b/

/** What kind of failure it is, the same text for the same kind: a code where there is one, else what is said. */
export function kindOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { extensions, code: own, cause, message = '' } = error as Failure
  if (extensions !== undefined) return extensions.unexpected || !extensions.code ? message : extensions.code
  if (typeof own === 'string') return own
  if (cause !== undefined) return kindOf(cause)
  const closed = /^The connection was closed: (\d{4})/.exec(message)?.[1]
  if (closed !== undefined) return `close ${closed}`
  // undici and graphql-sse say no more where a response is cut.
  if (
    /^(terminated|other side closed|network error|Connection closed while having active streams|fetch failed)$/.test(
      message,
    )
  )
    return 'ECONNRESET'
  return code.exec(message)?.[1] ?? message
}

interface Failure {
  readonly extensions?: { readonly code?: string; readonly unexpected?: boolean }
  readonly code?: unknown
  readonly cause?: unknown
  readonly message?: string
}
