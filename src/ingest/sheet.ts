import { setImmediate as turn } from 'node:timers/promises'
import type { Pen } from '../store/pen.ts'
import { type NewRevision, revisionRows, supersede } from '../store/revisionRows.ts'
import { insertAll, type RowSet, type Rows } from '../store/rows.ts'

/** What is to be written, gathered until it is worth a statement a table. */
export interface Sheet {
  add(rows: RowSet): void
  /** Adds a revision; the one that it replaces, unless it is backdated, is current no longer. */
  revise(revision: NewRevision): void
  /** Lets PostgreSQL begin to write, where there is enough, while the work goes on. */
  pause(): Promise<void>
  /** Writes all that is left. Rejects with what any of the writing failed with. */
  finish(): Promise<void>
  /** Waits until nothing is being written, whatever came of it. */
  settle(): Promise<void>
}

/** So many revisions at a time: enough for the statements to cost little beside them. */
const ENOUGH = 200

export function openSheet(pen: Pen): Sheet {
  let rows: RowSet = {}
  let revisions = 0
  let current = new Map<number, Rows['Revision']>()
  let superseded: { position: number; replaces: number }[] = []
  let writing: Promise<void> | undefined
  let failure: { error: unknown } | undefined

  function begin(): void {
    const [pairs, set] = [superseded, rows]
    rows = {}
    revisions = 0
    current = new Map()
    superseded = []
    writing = write(pen, pairs, set).then(
      () => {
        writing = undefined
      },
      (error) => {
        writing = undefined
        failure = { error }
      },
    )
  }

  return {
    add: (added) => gather(rows, added),
    revise(revision) {
      const { position, replaces, action } = revision
      revisions++
      const added = revisionRows(revision)
      gather(rows, added)
      current.set(position, added.Revision?.[0] as Rows['Revision'])
      if (action === 'BACKDATED' || replaces === null) return
      const unwritten = current.get(replaces)
      if (unwritten === undefined) superseded.push({ position, replaces })
      else unwritten.supersededBy = position
    },
    async pause() {
      if (writing !== undefined) await turn()
      else if (revisions >= ENOUGH && failure === undefined) begin()
    },
    async finish() {
      await writing
      if (failure === undefined) begin()
      await writing
      if (failure !== undefined) throw failure.error
    },
    async settle() {
      await writing
    },
  }
}

async function write(pen: Pen, pairs: readonly { position: number; replaces: number }[], rows: RowSet): Promise<void> {
  // Before the new rows are there: only one revision of a development may be current.
  await supersede(pen.client, pairs)
  await insertAll(pen.client, rows)
}

function gather(into: RowSet, rows: RowSet): void {
  for (const [table, added] of Object.entries(rows) as [keyof Rows, Rows[keyof Rows][]][]) {
    const list = into[table] as Rows[keyof Rows][] | undefined
    if (list === undefined) (into[table] as Rows[keyof Rows][]) = [...added]
    else for (const row of added) list.push(row)
  }
}
