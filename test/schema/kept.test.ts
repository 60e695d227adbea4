import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { type News, newsOf, report } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { exchange } from '../support/sample.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { recordStatements } from '../support/statements.ts'

let record: Record
let server: TestServer
let news: News
beforeEach(async () => {
  record = await openRecord()
  news = newsOf(record.write)
  await news.agreed('swap')
  server = await openServer(record)
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const list = (first: number) =>
  ask(server.url, `{ developments(first: ${first}) { nodes { ref headline participants { actor { name } } } } }`)

describe('what an answer was made of', () => {
  /** Statements that read rows by their keys: of revisions, of what lies below them, of actors. */
  const rowsRead = (statements: string[]) => statements.splice(0).filter((text) => text.includes('= any($1)'))

  it('is at hand for other questions while the record stands as it stood, and read again once it does not', async () => {
    const statements = recordStatements()
    await list(100)
    expect(rowsRead(statements)).not.toEqual([])
    await list(99)
    expect(rowsRead(statements)).toEqual([])
    await news.met('talk')
    await list(98)
    expect(rowsRead(statements)).not.toEqual([])
  })

  it('is not shown to another question either, once it is withheld', async () => {
    await record.ingest(report('2023-12-09', exchange({ status: 'CARRIED_OUT', on: '2023-12-09' })))
    type History = { development: { history: { nodes: { number: number; changes: object[] }[] } } }
    const changes = async (first: number) => {
      const query = `{ development(ref: "swap") { history(first: ${first}) { nodes { number changes { path } } } } }`
      const { development } = (await ask<History>(server.url, query)).data
      return development.history.nodes.map((node) => [node.number, node.changes.length > 0])
    }
    expect(await changes(10)).toEqual([
      [1, true],
      [2, true],
    ])
    await news.retract('swap')
    expect(await changes(11)).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ])
  })
})
