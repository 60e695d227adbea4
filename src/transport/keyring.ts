import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Viewer, ViewerRole } from '../feed/viewer.ts'
import type { Credentials } from './identify.ts'

/** How many keys are remembered as having been matched. */
const MOST = 10_000

/** A key as it stands. */
export interface Key {
  readonly id: string
  readonly label: string
  readonly role: ViewerRole
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

/** Where keys are kept; main hands it over. */
export interface KeyStore {
  /** The key that a text is, whether it still holds or not. */
  match(text: string): Promise<Key | undefined>
  list(): Promise<readonly Key[]>
  noteUse(ids: readonly string[]): Promise<void>
}

export interface KeyringOptions {
  readonly store: KeyStore
  readonly now: () => Date
  /** How often it is looked what has become of the keys, in milliseconds: a key that is revoked holds no longer than that. */
  readonly pollMs: number
  readonly log: (error: unknown) => void
}

/** The API keys as this process knows them. */
export interface Keyring extends Credentials {
  /** No key holds: as far as it knows, none was ever made, or all are over. */
  readonly isEmpty: boolean
  close(): Promise<void>
}

/**
 * Opens the keyring. A key that was matched once is known by its hash from then on, so that a request costs no question
 * to the database; what has become of it is looked at by the clock, and whoever is connected with it sees that at once.
 */
export async function openKeyring({ store, now, pollMs, log }: KeyringOptions): Promise<Keyring> {
  const known = new LRUCache<string, KeyViewer>({ max: MOST })
  const used = new Set<string>()
  let standing = new Map<string, Key>()
  let looking: Promise<void> | undefined
  let isClosed = false

  const holds = (key: Key | undefined) =>
    key !== undefined && key.revokedAt === null && (key.expiresAt === null || now() < key.expiresAt)

  async function look(): Promise<void> {
    standing = new Map((await store.list()).map((key) => [key.id, key]))
    const ids = [...used]
    used.clear()
    if (ids.length > 0) await store.noteUse(ids)
  }

  /** A viewer that sees no more from the moment on at which its key holds no longer. */
  class KeyViewer implements Viewer {
    readonly name: string
    readonly #id: string

    constructor({ id, label }: Key) {
      this.#id = id
      this.name = `key ${id} (${label})`
    }

    get scope() {
      const key = standing.get(this.#id)
      return key !== undefined && holds(key) ? key.role : null
    }

    use(): this {
      used.add(this.#id)
      return this
    }
  }

  await look()
  const timer = setInterval(() => {
    // What is known stays so while the database is away: nobody is let in who was not before.
    looking ??= look()
      .catch(log)
      .finally(() => {
        looking = undefined
      })
  }, pollMs)

  return {
    takes: (text) => text.startsWith('parley_'),
    async viewer(text) {
      const hash = createHash('sha256').update(text).digest('base64')
      const viewer = known.get(hash)
      if (viewer !== undefined) return viewer.use()
      const key = await store.match(text)
      if (key === undefined) return null
      // It may have been made since this was looked at last.
      standing.set(key.id, key)
      const made = new KeyViewer(key)
      known.set(hash, made)
      return made.use()
    },
    get isEmpty() {
      return ![...standing.values()].some(holds)
    },
    async close() {
      if (isClosed) return
      isClosed = true
      clearInterval(timer)
      await looking
      const ids = [...used]
      if (ids.length > 0) await store.noteUse(ids).catch(log)
    },
  }
}
