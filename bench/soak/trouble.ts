/** What a fault takes away for a while. */
export type Cause = 'server' | 'database' | 'sockets' | 'stall'

/** What somebody met, by its kind, and how often. */
export interface Trouble {
  /** Who met it: a kind of client, or a server in what it logs. */
  readonly who: string
  readonly what: string
  readonly times: number
  /** How often no fault was under way that brings it about. */
  readonly unexplained: number
}

/** What went wrong, and what it can come of. */
export interface Troubles {
  note(who: string, what: string): void
  /** From now on, until what it returns is called, these causes are there. */
  begin(causes: readonly Cause[]): () => void
  list(): Trouble[]
}

/** How long after a fault its consequences may still show, in milliseconds: a client that waits, a line that is read late. */
const GRACE_MS = 3000

const connection: readonly Cause[] = ['server', 'sockets', 'stall']

/** What brings about what, by its text; what no line fits has no excuse. */
const excuses: readonly (readonly [RegExp, readonly Cause[]])[] = [
  [/\bLAGGED\b/, ['stall']],
  // "Try again later": the record is away, or the follower lags.
  [/^close 1013\b/, ['database', 'stall']],
  [/^UNAVAILABLE$|cannot be reached just now|lost its connection to PostgreSQL/, ['database']],
  [/^an export was cut$/, [...connection, 'database']],
  // A follower that comes while the record is away is told to come back by the end of its stream.
  [/^the stream ended$/, [...connection, 'database']],
  // 4408: who had to come back was not heard of for too long after its connection was made.
  [/^close (10(01|05|06|12)|4408)\b|\bCLOSING\b|^HTTP 502$/, connection],
  [
    /^(ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)$|socket hang up|Nothing was heard/,
    connection,
  ],
]

export function causesOf(what: string): readonly Cause[] {
  return excuses.find(([pattern]) => pattern.test(what))?.[1] ?? []
}

export function openTroubles(now: () => number): Troubles {
  const met = new Map<string, { who: string; what: string; times: number; unexplained: number }>()
  const spans: { causes: readonly Cause[]; end: number }[] = []
  return {
    note(who, what) {
      const key = `${who} ${what}`
      const trouble = met.get(key) ?? { who, what, times: 0, unexplained: 0 }
      const causes = causesOf(what)
      const at = now()
      trouble.times++
      if (
        !spans.some(({ causes: there, end }) => at <= end + GRACE_MS && there.some((cause) => causes.includes(cause)))
      )
        trouble.unexplained++
      met.set(key, trouble)
    },
    begin(causes) {
      const span = { causes, end: Number.POSITIVE_INFINITY }
      spans.push(span)
      return () => {
        span.end = now()
      }
    },
    list: () => [...met.values()].sort((a, b) => (a.who + a.what < b.who + b.what ? -1 : 1)),
  }
}
