import type { Accepted } from '../../src/ingest/accepted.ts'
import { readDispatch } from '../../src/ingest/dispatch.ts'
import { takeDispatch } from '../../src/ingest/held.ts'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { type Pen, write } from '../../src/store/pen.ts'
import { tester } from './author.ts'
import { createDatabase } from './database.ts'
import { processDocument } from './sample.ts'
import { seedDocuments } from './seed.ts'

/** A record in a database of its own, with the sample process open. */
export interface Record extends AsyncDisposable {
  readonly database: Database
  readonly url: string
  /** Ingests one dispatch, given as it would stand in a file. */
  ingest(dispatch: unknown, now?: Date): Promise<Accepted>
  write<T>(work: (pen: Pen) => Promise<T>, now?: Date): Promise<T>
  head(): Promise<number>
}

export async function openRecord(document: unknown = processDocument): Promise<Record> {
  return openRecordAt(await createDatabase(), document)
}

/** A record that holds the seed: all that its reports tell. @param now when it is taken in; openRecord's moment unless given */
export async function openSeedRecord(now?: Date): Promise<Record> {
  const [process, ...dispatches] = await seedDocuments()
  const record = await openRecord(process)
  for (const dispatch of dispatches) await record.ingest(dispatch, now)
  return record
}

/** A record in a database that is there, migrated and empty. */
export async function openRecordAt(
  { url, drop }: { url: string; drop(): Promise<void> },
  document: unknown = processDocument,
): Promise<Record> {
  const database = await openDatabase({ url })
  const now = new Date('2024-01-01T00:00:00Z')
  await write(database.pool, { now, author: tester }, (pen) => acceptProcess(pen, readProcess(document)))
  return {
    database,
    url,
    ingest: async (dispatch, at = now) => {
      const sent = readDispatch(dispatch)
      return write(database.pool, { now: at, author: tester }, (pen) => takeDispatch(pen, sent))
    },
    write: (work, at = now) => write(database.pool, { now: at, author: tester }, work),
    head: async () => {
      const { rows } = await database.pool.query<{ position: number }>('select position from "Head"')
      return rows[0]?.position ?? Number.NaN
    },
    async [Symbol.asyncDispose]() {
      await database.close()
      await drop()
    },
  }
}
