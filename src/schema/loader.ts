import DataLoader from 'dataloader'
import type { Context } from './context.ts'

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
