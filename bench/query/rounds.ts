import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Helper } from '../feed/helper.ts'
import { cpuOf, cpuOfTree } from '../feed/proc.ts'
import { type Running, startServer } from '../feed/servers.ts'
import { ask, entriesOf } from './ask.ts'
import { developmentKeys, disagreementKeys, type Key, PAGE, pagesApart, peerCursor, SPAN } from './keys.ts'
import type { Load } from './load.ts'
import type { Row } from './measure.ts'
import { type Question, questions } from './questions.ts'
import { get, post } from './requests.ts'
import { type Name, parley, postgraphile, sql, still } from './servers.ts'

export interface Bench {
  readonly load: Helper<Load>
  readonly postmaster: number
  readonly milliseconds: number
  readonly show: (text: string) => void
  readonly add: (row: Row) => void
}

const CONNECTIONS = [1, 32]
/** How long a run may take, in milliseconds: 32 answers of a large record, begun at once, may each take minutes. */
const PATIENCE = 15 * 60_000

/** What a server is sent, by turns. */
interface Course {
  readonly server: Name
  readonly running: Running
  readonly requests: string[]
}

/** One round on one record: question by question, every server, one after the other. */
export async function round(bench: Bench, size: number, url: string, number: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const opened: Running[] = []
  const open = async (...started: Parameters<typeof startServer>) => {
    const running = await startServer(...started)
    opened.push(running)
    return running
  }
  try {
    bench.show(`Starting the servers, ${size.toLocaleString('en')} developments`)
    const ours = await open(parley, url)
    const theirs = await open(postgraphile, url)
    const hand = await open(sql, url)
    const keys = await keysOf(url)
    for (const [i, question] of questions.entries()) {
      const after = keys.get(question) as Key[]
      const { body } = await verified(ours, question, 'parley', question.parley(after[0] as Key, 0))
      await writeFile(join(folder, String(i)), body)
    }
    const fixed = await open(still(folder), url)
    for (const [i, question] of questions.entries()) {
      const after = keys.get(question) as Key[]
      const theirRequests = await peerRequests(theirs, question, after)
      const ourRequests = after.map((key, turn) => post(question.parley(key, turn)))
      const warm = ourRequests.at(-1) as string
      const courses: Course[] = [
        { server: 'Parley, cold', running: ours, requests: ourRequests.slice(0, -1) },
        { server: 'Parley, warm', running: ours, requests: [warm] },
        ...(theirRequests === undefined
          ? []
          : [{ server: 'PostGraphile 5', running: theirs, requests: theirRequests } as const]),
        {
          ...{ server: 'hand-written SQL', running: hand },
          requests: after.map((key, turn) => get(question.sql(key, turn))),
        },
        { server: 'static response', running: fixed, requests: [get(`/${i}`)] },
      ]
      for (const course of courses) {
        bench.show(`${size.toLocaleString('en')} developments, round ${number + 1}: ${question.name}, ${course.server}`)
        await measure(bench, size, question, course)
      }
    }
  } finally {
    await Promise.all(opened.map((running) => running.end()))
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(bench: Bench, size: number, question: Question, course: Course): Promise<void> {
  const { server, running, requests } = course
  const { load, postmaster, milliseconds } = bench
  const run = (from: number, connections: number, time: number) =>
    Promise.race([
      load.ask('run', { port: running.port, requests, from, connections, milliseconds: time }, PATIENCE),
      running.failed,
    ])
  // What runs for the first time is slow.
  let turn = (await run(0, 4, milliseconds / 5)).requests
  for (const connections of CONNECTIONS) {
    const before = [cpuOf(running.pid), cpuOfTree(postmaster)] as const
    const { requests: answered, refused, span, p50, p99, bytes, cpu } = await run(turn, connections, milliseconds)
    turn += answered + refused
    const count = Math.max(1, answered)
    bench.add({
      ...{ size, question: question.name, server, connections, rate: answered / span, p50, p99, bytes },
      cpu: ((cpuOf(running.pid) - before[0]) * 1000) / count,
      postgresql: ((cpuOfTree(postmaster) - before[1]) * 1000) / count,
      ...{ generatorBusy: cpu / span, refused },
    })
  }
}

/** Asks once, and sees that the answer is one. */
async function verified(
  { port }: Running,
  { name, entries }: Question,
  server: 'parley' | 'postgraphile',
  asked: Parameters<typeof ask>[1],
) {
  const answer = await ask(port, asked)
  const found = entriesOf(answer.data[entries[server] as string])
  if (found < entries.least) throw new Error(`${server} has ${found} entries for ${name}: ${answer.body.slice(0, 500)}`)
  return answer
}

async function peerRequests(
  running: Running,
  question: Question,
  after: readonly Key[],
): Promise<string[] | undefined> {
  const { postgraphile: words } = question
  if (words === undefined) return undefined
  const list = question.list === 'disagreements'
  const sample = list
    ? 'allDisagreements(first: 1, orderBy: [PRIMARY_KEY_ASC])'
    : 'allRevisions(first: 1, orderBy: [WHEN_EARLIEST_ASC, POSITION_ASC], condition: { supersededBy: null })'
  const { data } = await ask(running.port, { query: `{ list: ${sample} { edges { cursor } } }`, variables: {} })
  const { edges } = data.list as { edges: { cursor: string }[] }
  const cursors = after.map((key) => peerCursor(edges[0]?.cursor as string, key))
  await verified(running, question, 'postgraphile', words(cursors[0] as string))
  return cursors.map((cursor) => post(words(cursor)))
}

/** After which entries each question's list continues: far enough from its end for a whole page. */
async function keysOf(url: string): Promise<Map<Question, Key[]>> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ developments: number; disagreements: number }>(
      `select count(*) filter (where "whenEarliest" is not null)::int as developments,
         (select count(*)::int from "Disagreement" d join "Revision" r on r.position = d.position
          where r."supersededBy" is null) as disagreements
       from "Revision" where "supersededBy" is null`,
    )
    const { developments, disagreements } = rows[0] as { developments: number; disagreements: number }
    const span = Math.min(SPAN, Math.floor(developments / 3))
    const keys = new Map<Question, Key[]>()
    for (const question of questions) {
      const skip = Math.max(0, Math.min(question.skip, developments - span - PAGE) - 1)
      keys.set(
        question,
        pagesApart(
          question.list === 'disagreements'
            ? await disagreementKeys(client, Math.min(SPAN, disagreements - PAGE))
            : await developmentKeys(client, skip, span),
        ),
      )
    }
    return keys
  } finally {
    await client.end()
  }
}
