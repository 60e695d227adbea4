import type { MaybePromise } from '@pothos/core'
import DataLoader from 'dataloader'
import type { Pool } from '../store/database.ts'
import type { Context } from './context.ts'
import { keptRows } from './kept.ts'

/**
 * Makes a kind of loader: what is asked for in one turn of the loop, within one operation and under one key, is one
 * batch. It goes with the operation's context.
 */
export function loaders<Found>(): (
  context: Context,
  key: string,
  batch: (ids: readonly string[]) => Promise<Found[]>,
) => DataLoader<string, Found> {
  const made = new WeakMap<Context, Map<string, DataLoader<string, Found>>>()
  return (context, key, batch) => {
    const ofContext = made.get(context) ?? new Map<string, DataLoader<string, Found>>()
    made.set(context, ofContext)
    const loader = ofContext.get(key) ?? new DataLoader(batch)
    ofContext.set(key, loader)
    return loader
  }
}

/**
 * The same, but what several operations ask for in one turn of the loop, under one key, is one batch: a burst of the feed
 * is executed item by item, and most items name the same actors, outlets and reports. `batch` must not hang on who asks.
 */
export function sharedLoaders<Found>(): ReturnType<typeof loaders<Found>> {
  const own = loaders<Found>()
  const due = new WeakMap<Pool, Map<string, DataLoader<string, Found>>>()
  return (context, key, batch) => {
    const { pool } = context.database
    const together = (): DataLoader<string, Found> => {
      const ofPool = due.get(pool) ?? new Map<string, DataLoader<string, Found>>()
      due.set(pool, ofPool)
      const known = ofPool.get(key)
      if (known !== undefined) return known
      const loader = new DataLoader<string, Found>((ids) => {
        // Keys are made of what clients select: none is kept for longer than it is waited for.
        ofPool.delete(key)
        return batch(ids)
      })
      ofPool.set(key, loader)
      return loader
    }
    return own(context, key, (ids) => {
      const loader = together()
      return Promise.all(ids.map((id) => loader.load(id)))
    })
  }
}

/**
 * Makes a loader of what the record holds at positions of the feed, whoever asks: what is asked for in one turn of the
 * loop, by whichever operations, is one statement; one operation reads it once, and what was read while the record stood
 * as it stands is at hand. `read` finds something for every position, or leaves out what there is not.
 */
export function positionLoader<Found extends object | string>(
  name: string,
  read: (pool: Pool, positions: readonly number[]) => Promise<ReadonlyMap<number, Found>>,
): (context: Context, position: number) => MaybePromise<Found | undefined> {
  const shared = new WeakMap<Pool, DataLoader<number, Found | undefined>>()
  const underWay = new WeakMap<Context, Map<number, Promise<Found | undefined>>>()

  function sharedOf(pool: Pool): DataLoader<number, Found | undefined> {
    const known = shared.get(pool)
    if (known !== undefined) return known
    const batch = async (positions: readonly number[]) => {
      const found = await read(pool, [...new Set(positions)])
      return positions.map((position) => found.get(position))
    }
    const loader = new DataLoader(batch, { cache: false })
    shared.set(pool, loader)
    return loader
  }

  function ask(context: Context, position: number): Promise<Found | undefined> {
    const ofContext = underWay.get(context) ?? new Map<number, Promise<Found | undefined>>()
    underWay.set(context, ofContext)
    const known = ofContext.get(position)
    if (known !== undefined) return known
    const asked = sharedOf(context.database.pool).load(position)
    ofContext.set(position, asked)
    return asked
  }

  return (context, position) => {
    const rows = keptRows(context)
    if (rows === undefined) return ask(context, position)
    const key = `${name} ${position}`
    const atHand = rows.get(key)
    if (atHand !== undefined) return atHand as Found
    return ask(context, position).then((found) => {
      if (found !== undefined) rows.set(key, found)
      return found
    })
  }
}
