import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../src/feed/viewer.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { recordStatements } from '../support/statements.ts'

// Who is let in, by token.
const viewers = new Map<string, Viewer>()

let record: Record
let server: TestServer
beforeAll(async () => {
  record = await openRecord()
  await newsOf(record.write).agreed('swap')
  server = await openServer(record, { identify: (authorization = '') => viewers.get(authorization) ?? null })
  // What is not known to hold is computed.
  while (server.feed.known() === undefined) await new Promise(setImmediate)
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

/** Asks for a list, each of its own name; `computed`: the database was asked. */
const askFor = (name: string) => async (authorization: string) => {
  const statements = recordStatements()
  const headers = { accept: 'application/json', authorization }
  const { status } = await fetch(`${server.url}?query={${name}:developments{totalCount}}`, { headers })
  return { status, computed: statements.length > 0 }
}

describe('a viewer', () => {
  it('is never given what was kept for another scope, and what is kept for its own', async () => {
    const asks = askFor('first')
    viewers
      .set('desk', { scope: 'DESK', name: 'desk' })
      .set('reader', { scope: 'READER', name: 'reader' })
      .set('other', { scope: 'READER', name: 'reader' })
    expect(await asks('reader')).toEqual({ status: 200, computed: true })
    expect(await asks('desk')).toEqual({ status: 200, computed: true })
    expect(await asks('other')).toEqual({ status: 200, computed: false })
    expect(await asks('desk')).toEqual({ status: 200, computed: false })
  })

  it('whose scope changes or ends is answered by that from its next request on', async () => {
    const asks = askFor('second')
    viewers.set('desk', { scope: 'DESK', name: 'desk' })
    await asks('desk')
    viewers.set('desk', { scope: 'READER', name: 'desk' })
    expect(await asks('desk')).toEqual({ status: 200, computed: true })
    viewers.set('desk', { scope: null, name: 'desk' })
    expect(await asks('desk')).toEqual({ status: 401, computed: false })
    viewers.delete('desk')
    expect(await asks('desk')).toEqual({ status: 401, computed: false })
  })
})
