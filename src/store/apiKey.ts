import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'
import { audit } from './audit.ts'
import type { Pen } from './pen.ts'
import type { ViewerRole } from './prisma/client.ts'

/** A key that was handed out. The key itself is kept nowhere. */
export interface ApiKeyRow {
  readonly id: string
  readonly label: string
  readonly role: ViewerRole
  readonly madeAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
}

/** What begins every key, so that one that is found in a log or a repository is known for what it is. */
export const KEY_PREFIX = 'parley_'

const COLUMNS = 'id, label, role, "madeAt", "expiresAt", "revokedAt", "lastUsedAt"'
const FORM = /^parley_([0-9a-f]{12})_([\w-]{43})$/
/** Compared with where no key has the id: whoever guesses cannot tell by the time whether one has. */
const NONE = Buffer.alloc(32)

/**
 * Makes a key and returns it, for the only time: `parley_`, its id, `_`, and 256 random bits as base64url.
 */
export async function makeApiKey(
  pen: Pen,
  { label, role, expiresAt }: Pick<ApiKeyRow, 'label' | 'role' | 'expiresAt'>,
): Promise<string> {
  const id = randomBytes(6).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  await pen.client.query(
    `insert into "ApiKey" (id, label, role, hash, "madeAt", "expiresAt") values ($1, $2, $3::"ViewerRole", $4, $5, $6)`,
    [id, label, role, hashOf(secret), pen.now, expiresAt],
  )
  await audit(pen, [{ act: 'MAKE_KEY', subject: id }])
  return `${KEY_PREFIX}${id}_${secret}`
}

/** Revokes a key, for good. False: there is none of that id, or it was revoked before. */
export async function revokeApiKey(pen: Pen, id: string): Promise<boolean> {
  const { rowCount } = await pen.client.query(
    'update "ApiKey" set "revokedAt" = $2 where id = $1 and "revokedAt" is null',
    [id, pen.now],
  )
  if (rowCount === 0) return false
  await audit(pen, [{ act: 'REVOKE_KEY', subject: id }])
  return true
}

/** All keys that were ever made, oldest first. */
export async function listApiKeys(pool: Pool): Promise<ApiKeyRow[]> {
  const { rows } = await pool.query<ApiKeyRow>(`select ${COLUMNS} from "ApiKey" order by "madeAt", id`)
  return rows
}

/** The key that a text is, whether it still holds or not; undefined: it is none. */
export async function matchApiKey(pool: Pool, text: string): Promise<ApiKeyRow | undefined> {
  const [, id, secret] = FORM.exec(text) ?? []
  if (id === undefined || secret === undefined) return undefined
  const { rows } = await pool.query<ApiKeyRow & { hash: Buffer }>({
    name: 'match key',
    text: `select ${COLUMNS}, hash from "ApiKey" where id = $1`,
    values: [id],
  })
  const [row] = rows
  const isIt = timingSafeEqual(row?.hash ?? NONE, hashOf(secret))
  return isIt ? row : undefined
}

/** Notes that keys were used. */
export async function noteApiKeyUse(pool: Pool, ids: readonly string[], now: Date): Promise<void> {
  await pool.query(
    'update "ApiKey" set "lastUsedAt" = $2 where id = any($1) and ("lastUsedAt" is null or "lastUsedAt" < $2)',
    [ids, now],
  )
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
