import type { MaybePromise } from '@pothos/core'
import { LRUCache } from 'lru-cache'
import type { Pool } from '../store/database.ts'
import type { Head } from '../store/log.ts'
import type { Context } from './context.ts'

/** How many rows are kept at the most: some 50 MB. */
const MOST = 100_000

type Rows = LRUCache<string, object | string>

const kept = new WeakMap<Pool, { readonly head: Head; readonly rows: Rows }>()

/**
 * Rows that operations have read while the record stood as this one found it, by a key of the reader's own; undefined:
 * the operation did not look where the record stands. Nothing in it can be stale: no row is written, nor written again,
 * without the head telling so, and then there is another one.
 */
export function keptRows({ head, database: { pool } }: Context): Rows | undefined {
  if (head === undefined) return undefined
  const known = kept.get(pool)
  const { position, tag, identities } = head
  if (known?.head.position === position && known.head.tag === tag && known.head.identities === identities)
    return known.rows
  const rows: Rows = new LRUCache({
    maxSize: MOST,
    sizeCalculation: (value) => (Array.isArray(value) ? value.length + 1 : 1),
  })
  kept.set(pool, { head, rows })
  return rows
}

/** Goes on with what may be at hand already: a list of a thousand claims is not to be a thousand promises. */
export function onceRead<Found, Result>(
  found: MaybePromise<Found>,
  go: (found: Found) => Result,
): MaybePromise<Awaited<Result>> {
  return (found instanceof Promise ? found.then(go) : go(found)) as MaybePromise<Awaited<Result>>
}
