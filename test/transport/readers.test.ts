import pg from 'pg'
import { expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { newsOf } from '../support/news.ts'
import { openRecord } from '../support/record.ts'
import { openServer } from '../support/server.ts'

it('queries that hold every connection of theirs keep neither writers, nor followers, nor readiness waiting', async () => {
  await using record = await openRecord()
  await newsOf(record.write).agreed('swap')
  await using server = await openServer(record, { pollMs: 50 })
  const holder = new pg.Client(record.url)
  await holder.connect()
  await holder.query('begin; lock table "ActorName" in access exclusive mode')
  const waiting = async () => {
    const text = await (await fetch(new URL('/metrics', server.url))).text()
    return Number(/^parley_pool_connections\{pool="queries",state="waiting"\} (\d+)$/m.exec(text)?.[1])
  }
  const actors = Array.from({ length: 12 }, (_, i) =>
    ask(server.url, `{ actors(first: ${i + 1}) { nodes { names { name } } } }`),
  )
  await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0)

  const stream = await fetch(new URL('/feed', server.url))
  const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const retract = 'mutation { retract(input: { ref: "swap", reason: "It was invented" }) { __typename } }'
  expect(await ask(server.url, retract)).toMatchObject({ data: { retract: { __typename: 'DeskResult' } } })
  let told = ''
  while (!told.includes('RETRACTED')) told += (await events?.read())?.value
  expect(await waiting()).toBeGreaterThan(0)
  expect((await fetch(new URL('/readyz', server.url))).status).toBe(200)

  await events?.cancel()
  await holder.query('rollback')
  await holder.end()
  for (const answer of actors) expect((await answer).errors).toBeUndefined()
}, 60_000)
