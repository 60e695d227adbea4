/** What a fault takes away for a while; `load` is no fault and always there. */
export type Cause = 'server' | 'database' | 'sockets' | 'stall' | 'load'

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
  /** @param since when that began which went wrong, as `now` tells it: a request was sent. Unless told, in this moment. */
  note(who: string, what: string, since?: number): void
  /** From now on, until what it returns is called, these causes are there. */
  begin(causes: readonly Cause[]): () => void
  list(): Trouble[]
}

/** How long after a fault its consequences may still show, in milliseconds: a client that waits, a line that is read late. */
const GRACE_MS = 5000

const connection: readonly Cause[] = ['server', 'sockets', 'stall']

/** What brings about what, by its text; what no line fits has no excuse. */
const excuses: readonly (readonly [RegExp, readonly Cause[]])[] = [
  [/\bLAGGED\b/, ['stall']],
  // "Try again later": the record is away, or the follower lags.
  [/^close 1013\b/, ['database', 'stall']],
  [/^UNAVAILABLE$|responded with 503|cannot be reached just now|lost its connection to PostgreSQL/, ['database']],
  // As PostgreSQL and its driver put it, in what a server logs of an answer that was under way.
  [
    /terminating connection due to administrator|the database system is|^Error: (connect ECONNREFUSED|read ECONNRESET|Connection terminated)/,
    ['database'],
  ],
  [/^an export was cut$/, [...connection, 'database']],
  // A follower that comes while the record is away is told to come back by the end of its stream.
  [/^the stream ended$/, [...connection, 'database']],
  // All who follow do so from one process, which may be too busy to introduce them in time.
  [/^close 4408\b|Nothing was heard/, ['load']],
  [/^close 10(01|05|06|12)\b|\bCLOSING\b|^HTTP 502$/, connection],
  [/^(ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)$|socket hang up/, connection],
]

export function causesOf(what: string): readonly Cause[] {
  return excuses.find(([pattern]) => pattern.test(what))?.[1] ?? []
}

export function openTroubles(now: () => number): Troubles {
  const met = new Map<string, { who: string; what: string; times: number; unexplained: number }>()
  const spans: { causes: readonly Cause[]; end: number }[] = []
  const begin = (causes: readonly Cause[]) => {
    const span = { causes, end: Number.POSITIVE_INFINITY }
    spans.push(span)
    return () => {
      span.end = now()
    }
  }
  begin(['load'])
  return {
    note(who, what, since = now()) {
      const key = `${who} ${what}`
      const trouble = met.get(key) ?? { who, what, times: 0, unexplained: 0 }
      const causes = causesOf(what)
      const isExplained = spans.some(
        (span) => span.end + GRACE_MS >= since && span.causes.some((cause) => causes.includes(cause)),
      )
      trouble.times++
      if (!isExplained) trouble.unexplained++
      met.set(key, trouble)
    },
    begin,
    list: () => [...met.values()].sort((a, b) => (a.who + a.what < b.who + b.what ? -1 : 1)),
  }
}
