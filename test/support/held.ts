import { readDispatch } from '../../src/ingest/dispatch.ts'
import { discardHeld, editHeld, releaseHeld } from '../../src/ingest/held.ts'
import { type HeldRow, listHeld } from '../../src/store/held.ts'
import type { Record } from './record.ts'

/** A dispatch with an embargo. */
export function until(embargoUntil: string, dispatch: object): object {
  return { ...dispatch, embargoUntil }
}

/** What the desk does with dispatches that are held. */
export interface HeldDesk {
  list(ended?: boolean): Promise<HeldRow[]>
  /** The only one that is held, or was. */
  single(): Promise<HeldRow>
  release(id: string, now?: Date): Promise<unknown>
  edit(id: string, dispatch: object, now?: Date): Promise<HeldRow>
  postpone(id: string, until: string, now?: Date): Promise<HeldRow>
  discard(id: string, now?: Date): Promise<HeldRow>
}

export function heldDeskOf({ database, write }: Record): HeldDesk {
  const list = (ended = false) => listHeld(database.pool, { after: null, limit: 100, ended })
  return {
    list,
    async single() {
      const [one, another] = await list(true)
      if (one === undefined || another !== undefined) throw new Error('There is not just one')
      return one
    },
    release: (id, now) => write((pen) => releaseHeld(pen, id), now),
    edit: (id, dispatch, now) => write((pen) => editHeld(pen, id, { dispatch: readDispatch(dispatch) }), now),
    postpone: (id, moment, now) => write((pen) => editHeld(pen, id, { embargoUntil: new Date(moment) }), now),
    discard: (id, now) => write((pen) => discardHeld(pen, id, 'It is wrong'), now),
  }
}
