import { expect, test } from 'vitest'
import { openBadLine } from '../support/badLine.ts'
import { newsOf } from '../support/news.ts'
import { startParley } from '../support/parley.ts'
import { openReader, upTo } from '../support/reader.ts'
import { openRecord } from '../support/record.ts'

const portOf = ({ address }: { address: string }) => Number(new URL(address).port)

test('a server killed in the middle of a replay, and another one in its place: nothing is lost, nothing comes twice', async () => {
  await using record = await openRecord()
  const news = newsOf(record.write)
  const first = await startParley({ DATABASE_URL: record.url })
  const { feedHead } = await first.ask<{ feedHead: { origin: string } }>('{ feedHead { origin } }')
  await news.many(500, 'burst')
  await using line = await openBadLine(portOf(first))
  // So that it is killed before everything has left it.
  line.pace = { bytes: 4096, ms: 1 }
  const head = await record.head()
  await using reader = openReader(line.port, { after: feedHead.origin }, ({ position }) => {
    if (position === head - 480) first.command.child.kill('SIGKILL')
  })
  await first.command.finish()
  await reader.state('offline')
  expect(reader.items.length).toBeLessThan(head)
  await news.agreed('meanwhile')
  const second = await startParley({ DATABASE_URL: record.url })
  line.reroute(portOf(second))
  line.pace = null
  await reader.state('live')
  await news.agreed('live')
  await reader.until(() => reader.items.at(-1)?.ref === 'live')
  expect(reader.positions).toEqual(upTo(head + 2))
  expect(reader.feed.contiguity).toMatchObject({ from: 0, head: head + 2, gaps: 0, duplicates: 0 })
  await reader.feed.close()
  await second.stop()
}, 60_000)
