import { isTombstone } from '../../src/domain/revise.ts'
import { changeFor, type FeedAction } from '../../src/feed/change.ts'
import type { Pool } from '../../src/store/database.ts'
import { type Entry, readHead, readLog } from '../../src/store/log.ts'
import { filters } from './filters.ts'
import type { Due } from './judge.ts'
import { insist } from './patience.ts'

/** The record's own log, as far as it was read: what each follower should have got. */
export interface Log {
  /** Reads on to the head, and gives its position. */
  read(): Promise<number>
  /** What is due to a follower with a filter that began after a position and was considered up to another one. */
  due(filter: number, from: number, upTo: number): Due[]
  /** Positions that are missing. */
  readonly holes: readonly number[]
}

interface Row {
  readonly ref: string
  /** What it is to each filter, if its content is not withheld. */
  readonly means: readonly (FeedAction | null)[]
  /** A withheld development is shown of it to no filter. */
  readonly isGuarded: boolean
}

const PAGE = 1000

export function openLog(pool: Pool): Log {
  const rows = new Map<number, Row>()
  const retractedAt = new Map<string, number>()
  const holes: number[] = []
  let last = 0

  function take(entry: Entry): void {
    const { position, development: ref, action } = entry
    for (let missing = last + 1; missing < position; missing++) holes.push(missing)
    last = position
    const means = filters.map(({ own }) => changeFor(own, { ...entry, withheld: false }))
    rows.set(position, { ref, means, isGuarded: !isTombstone(action) })
    if (action === 'RETRACTED') retractedAt.set(ref, position)
  }

  async function readOn(): Promise<number> {
    const { position } = await insist(() => readHead(pool))
    while (last < position) {
      const page = await insist(() => readLog(pool, last, PAGE))
      if (page.length === 0) throw new Error(`The log ends at ${last}, and its head says ${position}`)
      for (const entry of page) take(entry)
    }
    return position
  }

  // Everybody reads it, one after the other.
  let reading: Promise<unknown> = Promise.resolve()
  return {
    read() {
      const read = reading.then(readOn)
      reading = read.catch(() => {})
      return read
    },
    due(filter, from, upTo) {
      const due: Due[] = []
      for (let position = from + 1; position <= upTo; position++) {
        const row = rows.get(position)
        const action = row?.means[filter]
        if (row === undefined || action == null) continue
        const { ref, isGuarded } = row
        const isFiltered = filters[filter]?.sent !== undefined
        const mayBeWithheld = isFiltered && isGuarded && (retractedAt.get(ref) ?? 0) > position
        due.push({ position, ref, action, mayBeWithheld })
      }
      return due
    },
    holes,
  }
}
