import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPostmaster } from '../../src/store/embeddedProcess.ts'
import { type Command, type Finished, start } from '../support/command.ts'
import { createDatabase } from '../support/database.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange, processDocument } from '../support/sample.ts'

let record: Record
let folder: Folder
let running: Command[]
beforeEach(async () => {
  running = []
  record = await openRecord()
  folder = await makeFolder()
})
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await folder[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

function begin(args: string[], env: NodeJS.ProcessEnv = { DATABASE_URL: record.url }): Command {
  const command = start('cli/ingest', args, { env, cwd: folder.path })
  running.push(command)
  return command
}

function run(args: string[], input?: string): Promise<Finished> {
  return begin(args).finish(input)
}

function dispatch(n: number, fields: object = {}): object {
  const told = exchange({ status: 'AGREED', on: '2023-12-07', ref: `swap-${n}`, ...fields })
  return dispatchOf({ id: `report-${n}`, outlet: 'wire', on: '2023-12-07' }, told)
}

const lines = (...documents: object[]) => documents.map((d) => `${JSON.stringify(d)}\n`).join('')

/** Listens for commits to the record; `next` resolves at the first one. */
async function listen(): Promise<{ next: Promise<unknown> }> {
  const listener = await record.database.pool.connect()
  await listener.query('listen parley_feed')
  return { next: once(listener, 'notification').finally(() => listener.release(true)) }
}

describe('npm run ingest', () => {
  it('takes a folder into an empty database, the process first, and is quiet but for the summary', async () => {
    const { url, drop } = await createDatabase({ isEmpty: true })
    await folder.write('north-south/process.json', processDocument)
    await folder.write('north-south/a.json', dispatch(1))
    await folder.write('north-south/b.ndjson', lines(dispatch(2), dispatch(3)))
    const first = await begin(['north-south'], { DATABASE_URL: url }).finish()
    expect(first).toMatchObject({
      code: 0,
      stdout: '4 documents: 4 accepted, 0 unchanged, 0 refused\n3 developments created, 0 added to\n',
    })
    expect(first.stderr).toMatch(/^(Applied the migration \w+\n)+$/)

    const second = await begin(['north-south'], { DATABASE_URL: url }).finish()
    expect(second).toMatchObject({
      code: 0,
      stdout: '4 documents: 0 accepted, 4 unchanged, 0 refused\n0 developments created, 0 added to\n',
      stderr: '',
    })
    await drop()
  })

  it('says of each refusal where it is, goes on, and ends with 1', async () => {
    await folder.write(
      'some.ndjson',
      `${lines(dispatch(1))}{"report":\n${lines(dispatch(2, { count: -3, place: 'A B' }))}`,
    )
    expect(await run(['missing.json', 'some.ndjson'])).toEqual({
      ...{ code: 1, signal: null },
      stdout: '4 documents: 1 accepted, 0 unchanged, 3 refused\n1 development created, 0 added to\n',
      stderr: [
        'missing.json: must be a file or folder that can be read, got ENOENT: no such file or directory',
        'some.ndjson:2: must be JSON: value expected at column 11',
        'some.ndjson:3 developments[0].place: must be lower-case letters and digits, joined by single hyphens, got "A B"',
        'some.ndjson:3 developments[0].legs[0].count.best: must be a number of at least 0, got -3',
        '',
      ].join('\n'),
    })
  })

  it('reads standard input, one document or one a line', async () => {
    const pretty = await run(['-'], JSON.stringify(dispatch(1), null, 2))
    expect(pretty.stdout).toMatch(/^1 document: 1 accepted/)
    const many = await run(['-'], lines(dispatch(1), dispatch(2)))
    expect(many.stdout).toMatch(/^2 documents: 1 accepted, 1 unchanged/)
  })

  it('takes a stream in as it comes, and ends cleanly at Ctrl-C', async () => {
    const commit = await listen()
    const command = begin(['-'])
    command.child.stdin?.write(lines(dispatch(1)))
    await commit.next
    command.child.kill('SIGINT')
    await command.says('Stopping after the running batch')
    const { code, stdout, stderr } = await command.finish()
    expect(code).toBe(130)
    expect(stdout).toMatch(/^1 document: 1 accepted/)
    expect(stderr).toBe('Stopping after the running batch\nInterrupted: run it again to take in the rest\n')
  })

  it('can be interrupted amid a file and run again', async () => {
    const documents = Array.from({ length: 201 }, (_, n) => dispatch(n))
    await folder.write('many.ndjson', lines(...documents))
    const commit = await listen()
    const command = begin(['many.ndjson'])
    await commit.next
    command.child.kill('SIGINT')
    expect((await command.finish()).code).toBe(130)
    const taken = await record.database.prisma.development.count()
    expect([100, 200]).toContain(taken)

    const again = await run(['many.ndjson'])
    expect(again.code).toBe(0)
    expect(again.stdout).toBe(
      `201 documents: ${201 - taken} accepted, ${taken} unchanged, 0 refused\n` +
        `${201 - taken} development${taken === 200 ? '' : 's'} created, 0 added to\n`,
    )
    expect(await record.head()).toBe(201)
  }, 60_000)

  it('stops at once at the second Ctrl-C, and nothing of the running batch stays', async () => {
    const holder = await record.database.pool.connect()
    await holder.query('begin')
    await holder.query('select * from "Head" for update')
    await folder.write('one.json', dispatch(1))
    const command = begin(['one.json'])
    await waiting(1)
    command.child.kill('SIGINT')
    // What npm makes of one Ctrl-C.
    command.child.kill('SIGINT')
    await command.says('Ctrl-C stops at once')
    command.child.kill('SIGINT')
    expect(await command.finish()).toMatchObject({ code: null, signal: 'SIGINT' })
    await holder.query('rollback')
    holder.release()
    await waiting(0)
    expect(await record.head()).toBe(0)
  })

  it('says where a batch failed and what stays', async () => {
    await record.database.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
       create trigger fail before insert on "Report" for each row when (new.id = 'report-150') execute function fail()`,
    )
    await folder.write('many.ndjson', lines(...Array.from({ length: 160 }, (_, n) => dispatch(n + 1))))
    expect(await run(['many.ndjson'])).toEqual({
      ...{ code: 1, signal: null },
      stdout: '100 documents: 100 accepted, 0 unchanged, 0 refused\n100 developments created, 0 added to\n',
      stderr:
        'A batch of 60 failed at many.ndjson:150 (disk full): nothing of it is in the record, what came before it is. Run it again.\n',
    })
    expect(await record.head()).toBe(100)
  }, 60_000)

  it.each([
    ['nothing to read', [], {}, /^Name at least one file or folder/],
    ['an unknown option', ['--fast'], {}, /^Unknown option '--fast'/],
    ['an address that is none', ['x.json'], { DATABASE_URL: 'postgres' }, /^DATABASE_URL must be an address, .*\n$/],
    [
      'a server that does not answer',
      ['x.json'],
      { DATABASE_URL: 'postgresql://127.0.0.1:1/parley' },
      /^PostgreSQL at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\).*\n$/,
    ],
  ])('ends with 2 and without a stack when there is %s', async (_, args, env, words) => {
    const { code, stdout, stderr } = await begin(args, env).finish()
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('explains itself', async () => {
    const { code, stdout } = await start('cli/ingest', ['--help'], { fromSource: true }).finish()
    expect(code).toBe(0)
    expect(stdout).toMatch(/^npm run ingest -- PATH/)
  })

  it('keeps the record in an embedded server where no other is named, and stops that at the end', async () => {
    await folder.write('process.json', processDocument)
    const { code, stdout } = await begin(['process.json'], { PARLEY_DATA_DIR: 'data' }).finish()
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 document: 1 accepted/) })
    expect(await findPostmaster(`${folder.path}/data/postgres`)).toBeUndefined()
  }, 60_000)
})

/** Asks until as many sessions of the record's database wait for a lock. */
async function waiting(sessions: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rows } = await record.database.pool.query<{ count: number }>(
          `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows[0]?.count
      },
      { timeout: 15_000 },
    )
    .toBe(sessions)
}
