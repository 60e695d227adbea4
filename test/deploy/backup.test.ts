import { execFile } from 'node:child_process'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FollowRefused } from '../../src/client/refused.ts'
import { type Cursor, encodeCursor } from '../../src/feed/cursor.ts'
import { openStore } from '../../src/store/open.ts'
import { createDatabase } from '../support/database.ts'
import { root } from '../support/files.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { keepHappening } from '../support/news.ts'
import { hasPgDump } from '../support/pgDump.ts'
import { openReader } from '../support/reader.ts'
import { openRecord, type Record } from '../support/record.ts'
import { swaps } from '../support/recorded.ts'
import { openServer } from '../support/server.ts'

const run = promisify(execFile)

let record: Record
let folder: Folder
async function open(): Promise<void> {
  record = await openRecord()
  folder = await makeFolder()
}

async function close(): Promise<void> {
  await folder?.[Symbol.asyncDispose]()
  await record?.[Symbol.asyncDispose]()
}

/** Makes a dump as the compose file and docs/operating.md do, and gives its path. */
async function backUp(url: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run('sh', [join(root, 'deploy/backup.sh'), folder.path], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, ...env },
  })
  return stdout.trim()
}

async function restore(dump: string, url: string): Promise<void> {
  await run('pg_restore', ['--exit-on-error', '--single-transaction', '--no-owner', '--dbname', url, dump])
}

const revisions = 'select position, tag, "developmentId" from "Revision" where position <= $1 order by position'

describe.skipIf(!hasPgDump)(`a backup${hasPgDump ? '' : ' (skipped: there is no pg_dump 18 here)'}`, () => {
  beforeAll(open)
  afterAll(close)

  test('made while others write is the record of one moment; restored, it is the same to that moment, append-only, and knows which cursors are its own', async () => {
    await record.ingest(swaps('before', 20))
    const writer = keepHappening((round) => record.ingest(swaps(`meanwhile-${round}`)))
    const dump = await backUp(record.url)
    await writer.stop()
    await record.ingest(swaps('after'))

    const { url, drop } = await createDatabase({ isEmpty: true })
    await restore(dump, url)
    const store = await openStore({ databaseUrl: url, dataDir: folder.path })
    const { pool } = store.database
    const head = (await pool.query<{ position: number }>('select position from "Head"')).rows[0]?.position as number
    expect(head).toBeGreaterThanOrEqual(20)
    expect(head).toBeLessThan(await record.head())
    const { rows } = await pool.query(revisions, [await record.head()])
    expect(rows).toHaveLength(head)
    expect(rows).toEqual((await record.database.pool.query(revisions, [head])).rows)
    // What keeps it append-only came with it.
    await expect(pool.query('delete from "Revision"')).rejects.toThrow()

    // What it has, and what came after it.
    const [own, lost] = (await record.database.pool.query<Cursor>(revisions, [head + 1])).rows
      .slice(-2)
      .map(encodeCursor)
    await using restored = await openServer({ url })
    await using known = openReader(restored.port, { after: own })
    await known.state('live')
    expect(known.items).toEqual([])
    await using unknown = openReader(restored.port, { after: lost })
    const refused = (await unknown.ended) as FollowRefused
    expect(refused).toBeInstanceOf(FollowRefused)
    expect(refused.code).toBe('CURSOR_FROM_THE_FUTURE')
    await using again = openReader(restored.port, { after: refused.origin as string })
    await again.until(() => again.items.length === head)
    await store.close()
    await drop()
  })

  test('drops those that are older than they are to be kept, once there is a new one', async () => {
    const days = async (name: string, days: number) => {
      const at = Date.now() / 1000 - days * 86_400 - 60
      await utimes(await folder.write(name, 'a dump'), at, at)
    }
    await days('parley-old.dump', 4)
    await days('parley-young.dump', 2)
    await days('other.dump', 9)
    const missing = new URL(record.url)
    missing.pathname = '/missing'
    const before = await readdir(folder.path)
    await expect(backUp(missing.href, { BACKUP_KEEP_DAYS: '3' })).rejects.toThrow('missing')
    expect(await readdir(folder.path)).toEqual(before)
    const dump = await backUp(record.url, { BACKUP_KEEP_DAYS: '3' })
    const left = await readdir(folder.path)
    expect(left).toEqual(expect.arrayContaining(['parley-young.dump', 'other.dump', dump.split('/').at(-1)]))
    expect(left).not.toContain('parley-old.dump')
  })
})
