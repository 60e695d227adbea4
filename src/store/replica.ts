import { performance } from 'node:perf_hooks'
import { type Database, databaseAt, type Pool } from './database.ts'
import { type Head, headColumns, headTables } from './log.ts'
import { StartupError } from './startupError.ts'

/** What became of a read: the replica was asked, or it was behind, or away; and which of those that it was asked failed. */
export type ReplicaRead = 'asked' | 'behind' | 'away' | 'failed'

/** How long it may take to say how far it has come, in milliseconds. */
const PATIENCE_MS = 1000
/** For how long it is not asked again after it was away, in milliseconds. */
const REST_MS = 1000

/**
 * A standby of the database (https://www.postgresql.org/docs/current/warm-standby.html), of which may be read what it
 * has received. Whoever reads says up to where the record must be there, so an answer is never older than the primary's.
 */
export interface Replica {
  /** The standby, if all that the head tells of is there; undefined: ask the primary. Does not reject. */
  caughtUpWith(head: Head): Promise<Database | undefined>
  /** Told that something which it was asked failed there: the primary is asked instead. */
  failed(): void
  readonly pool: Pool
  /** How many reads became what since it was opened. */
  reads(): Readonly<Record<ReplicaRead, number>>
  close(): Promise<void>
}

export interface ReplicaOptions {
  /** `postgresql://user:password@host:port/database`, the same database as the primary's. */
  readonly url: string
  /** Told when it is away and when it is back. */
  readonly onState: (state: 'here' | 'away', error?: Error) => void
}

/**
 * Opens a replica. That it is away is no error: it may come back.
 * @throws StartupError when what answers there is no standby, or its sessions are not in UTC
 */
export async function openReplica({ url, onState }: ReplicaOptions): Promise<Replica> {
  const database = databaseAt({ url })
  const { pool } = database
  const reads = { asked: 0, behind: 0, away: 0, failed: 0 }
  let state: 'here' | 'away' | undefined
  let restsUntil = 0

  function enter(next: 'here' | 'away', error?: Error) {
    if (next === 'away') restsUntil = performance.now() + REST_MS
    if (state === next) return
    state = next
    onState(next, error)
  }

  /** Where it stands; undefined: it does not say so in time. */
  async function look(): Promise<Standing | undefined> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
    })
    try {
      const standing = await Promise.race([readStanding(pool), late])
      enter('here')
      return standing
    } catch (error) {
      enter('away', error as Error)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  const standing = await look()
  if (standing && (!standing.isStandby || standing.timeZone !== 'UTC')) {
    await database.close()
    throw new StartupError(
      standing.isStandby
        ? `The replica's sessions are in the time zone ${standing.timeZone} although UTC was asked for: ` +
            'connect to PostgreSQL itself, not to a pooler that drops start-up options'
        : 'What answers at PARLEY_REPLICA_URL is no standby (pg_is_in_recovery() is false): ' +
            'name one that follows DATABASE_URL, or leave it out',
    )
  }

  return {
    pool,
    async caughtUpWith(head) {
      const standing = performance.now() < restsUntil ? undefined : await look()
      const read = standing === undefined ? 'away' : holds(standing, head) ? 'asked' : 'behind'
      reads[read]++
      return read === 'asked' ? database : undefined
    },
    failed() {
      reads.failed++
    },
    reads: () => reads,
    close: database.close,
  }
}

interface Standing extends Head {
  readonly isStandby: boolean
  readonly timeZone: string
}

/** Whether everything is there that the head tells of, and it is a copy still: promoted, it has a history of its own. */
function holds({ isStandby, position, tag, history, identities }: Standing, head: Head): boolean {
  if (!isStandby || history !== head.history || position < head.position || identities < head.identities) return false
  return position > head.position || tag === head.tag
}

async function readStanding(pool: Pool): Promise<Standing> {
  const { rows } = await pool.query<Standing>({
    name: 'read standing',
    text: `select ${headColumns}, pg_is_in_recovery() as "isStandby", current_setting('TimeZone') as "timeZone"
           from ${headTables}`,
  })
  return rows[0] as Standing
}
