import { parseArgs } from 'node:util'
import { ConfigError, databaseConfig } from '../config.ts'
import { type ViewerRole, viewerRoles } from '../feed/viewer.ts'
import { type ApiKeyRow, listApiKeys, makeApiKey, revokeApiKey } from '../store/apiKey.ts'
import type { Pool } from '../store/database.ts'
import { openStore } from '../store/open.ts'
import { write } from '../store/pen.ts'
import { StartupError } from '../store/startupError.ts'
import { commandAuthor } from './author.ts'

const USAGE = `npm run keys -- add --role ROLE --label TEXT [--days N]
npm run keys -- list
npm run keys -- revoke ID

Makes, lists and revokes API keys. A key is shown once, when it is made; the record keeps only a hash of it. Send it as
"authorization: Bearer KEY" or, on a WebSocket, as authorization in the payload of connection_init.

--role      READER reads; INGEST brings dispatches in; DESK also corrects, retracts and holds back; ADMIN may do all
--label     whose it is, or what for, up to 80 characters
--days N    it expires after so many days; unless told, it holds until it is revoked

Settings: DATABASE_URL (a PostgreSQL server; without it an embedded one) and PARLEY_DATA_DIR (its folder, .data).
Exit code: 0 done, 1 there is no such key, 2 it could not start.`

const DAY = 86_400_000
const now = () => new Date()

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartupError || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function main(args: string[]): Promise<number> {
  const asked = argumentsOf(args)
  if (asked === undefined) {
    console.log(USAGE)
    return 0
  }
  const { database, close } = await openStore({ ...databaseConfig(process.env), log: console.error })
  try {
    return await asked(database.pool)
  } finally {
    await close()
  }
}

type Work = (pool: Pool) => Promise<number>

/** What is to be done; undefined: only help was asked for. */
function argumentsOf(args: string[]): Work | undefined {
  const { positionals, values } = parsed(args)
  const [command, id, ...more] = positionals
  if (values.help || args.length === 0) return undefined
  if (command === 'add' && id === undefined) return adding(values)
  if (command === 'list' && id === undefined) return list
  if (command === 'revoke' && id !== undefined && more.length === 0) return (pool) => revoke(pool, id)
  throw new StartupError(`Say add, list, or revoke and which\n\n${USAGE}`)
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const
  const options = { role: text, label: text, days: text, help: { type: 'boolean' } } as const
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function adding({ role, label = '', days }: { role?: string; label?: string; days?: string }): Work {
  const problems: string[] = []
  const known = viewerRoles.find((name) => name === role?.toUpperCase())
  if (known === undefined) problems.push(`--role must be one of ${viewerRoles.join(', ')}`)
  if (!/^[^\p{C}]{1,80}$/u.test(label)) problems.push('--label must be text of 1 to 80 characters, on one line')
  if (days !== undefined && !/^[1-9]\d{0,4}$/.test(days)) problems.push('--days must be a whole number from 1')
  if (problems.length > 0) throw new StartupError(`${problems.join('\n')}\n\n${USAGE}`)
  return async (pool) => {
    const expiresAt = days === undefined ? null : new Date(now().getTime() + Number(days) * DAY)
    const key = await write(pool, occasion(), (pen) => makeApiKey(pen, { role: known as ViewerRole, label, expiresAt }))
    // Alone on standard output, so that it can be put where it belongs unread.
    console.log(key)
    console.error('This is the only time that it is shown.')
    return 0
  }
}

async function list(pool: Pool): Promise<number> {
  const keys = await listApiKeys(pool)
  if (keys.length === 0) console.error('There are no keys yet: npm run keys -- add --role DESK --label NAME')
  for (const key of keys) console.log(lineOf(key))
  return 0
}

function lineOf({ id, role, label, madeAt, expiresAt, revokedAt, lastUsedAt }: ApiKeyRow): string {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const isOver = expiresAt !== null && expiresAt <= now()
  const standing = revokedAt
    ? `revoked ${day(revokedAt)}`
    : expiresAt
      ? `${isOver ? 'expired' : 'expires'} ${day(expiresAt)}`
      : 'holds'
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`
  return [id, role.padEnd(6), `made ${day(madeAt)}`, standing, used, label].join('  ')
}

async function revoke(pool: Pool, id: string): Promise<number> {
  if (await write(pool, occasion(), (pen) => revokeApiKey(pen, id))) {
    console.log(`${id} holds no more. Servers that run notice within PARLEY_POLL_MS.`)
    return 0
  }
  console.error(`There is no key ${JSON.stringify(id)} that holds: npm run keys -- list`)
  return 1
}

function occasion() {
  return { now: now(), author: commandAuthor('npm run keys') }
}
