import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record)
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  it.each(serverAudits({ url: () => server.url }))('$id $name', async ({ fn }) => {
    const result = await fn()
    const reason = 'reason' in result ? `${result.reason} ${await result.response.text()}` : undefined
    expect({ status: result.status, reason }).toEqual({ status: 'ok', reason: undefined })
  })
})
