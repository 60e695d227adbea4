import { listApiKeys, makeApiKey, matchApiKey, noteApiKeyUse, revokeApiKey } from '../../src/store/apiKey.ts'
import { write } from '../../src/store/pen.ts'
import { identification } from '../../src/transport/identify.ts'
import { openKeyring } from '../../src/transport/keyring.ts'
import { tester } from './author.ts'
import type { Record } from './record.ts'
import { openServer, type ServerSettings, type TestServer } from './server.ts'

type Role = Parameters<typeof makeApiKey>[1]['role']

/** A server that lets in whoever has a key, as main opens it. */
export interface Keyed extends AsyncDisposable {
  readonly server: TestServer
  /** Makes a key; `milliseconds`: it expires after so many. */
  make(role: Role, label?: string, milliseconds?: number): Promise<string>
  /** Revokes a key. */
  revoke(key: string): Promise<boolean>
}

/** @param options.isPublic whoever has no key may read */
export async function openKeyed(
  record: Record,
  { isPublic = false, ...settings }: ServerSettings & { readonly isPublic?: boolean } = {},
): Promise<Keyed> {
  const { pool } = record.database
  const now = () => new Date()
  const keyring = await openKeyring({
    store: {
      match: (text) => matchApiKey(pool, text),
      list: () => listApiKeys(pool),
      noteUse: (ids) => noteApiKeyUse(pool, ids, now()),
    },
    now,
    pollMs: 20,
    log: (error) => server.errors.push(error),
  })
  const identify = identification({ credentials: [keyring], isPublic, isOpen: () => false })
  const server = await openServer(record, { ...settings, identify })
  const occasion = () => ({ now: now(), author: tester })
  return {
    server,
    make: (role, label, milliseconds) => makeKey(record, role, label, milliseconds),
    revoke: (key) => write(pool, occasion(), (pen) => revokeApiKey(pen, key.split('_')[1] as string)),
    async [Symbol.asyncDispose]() {
      await server.close()
      await keyring.close()
    },
  }
}

/** Makes a key of a record; `milliseconds`: it expires after so many. */
export function makeKey(
  { database: { pool } }: Record,
  role: Role,
  label = role.toLowerCase(),
  milliseconds?: number,
): Promise<string> {
  const expiresAt = milliseconds === undefined ? null : new Date(Date.now() + milliseconds)
  return write(pool, { now: new Date(), author: tester }, (pen) => makeApiKey(pen, { role, label, expiresAt }))
}
