import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { dispatchOf, exchange } from '../support/sample.ts'
import { besidesIdentities, caughtUp, recordStatements } from '../support/statements.ts'

let api: Api
beforeAll(async () => {
  api = await openApi()
  const linked = (i: number) => ({ links: i === 0 ? [] : [{ type: 'FOLLOWS', to: `swap-${i - 1}` }] })
  const many = Array.from({ length: 50 }, (_, i) =>
    exchange({
      ...{ status: 'AGREED', on: '2023-12-07', ref: `swap-${i}` },
      citations: [{ attributedTo: 'North' }, { key: 'second', locator: 'end' }],
      figures: [{ measure: 'HELD', best: 7 + i }],
      ...linked(i),
    }),
  )
  await api.record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, ...many))
  await api.record.ingest(
    dispatchOf({ id: 'r2', outlet: 'gazette', on: '2023-12-08' }, ...many.map((d) => ({ ...d, links: [] }))),
  )
  await caughtUp(api)
  // Every connection is open.
  await api.ask(usual, { first: 5 })
})
afterAll(() => api[Symbol.asyncDispose]())

const usual = `query ($first: Int!) {
  developments(first: $first) {
    nodes {
      ref headline status when { earliest } process { name }
      participants { role actor { name } onBehalfOf { name } }
      claims { aspect key text claimant { name } citation { report { ref } } }
      citations { quotation report { ref outlet { name } } }
      ... on Statement { act passages { text } }
      ... on Talk { extent invitations { response reason invitee { name } } }
      ... on Exchange { legs { releasedBy { name } receivedBy { name } count { best } } }
      ... on Pledge { strength }
      ... on Incident { type }
    }
  }
}`

const everything = `query ($first: Int!) {
  developments(first: $first) {
    totalCount feedCursor
    nodes {
      id ref kind headline status when { earliest } place { name within { name } } process { name }
      participants { role actor { name names { name } partOf { name } offices { title } } onBehalfOf { name } citation { key } }
      claims { aspect key text value { __typename } claimant { name } citation { key source report { ref outlet { name } } } }
      citations { quotation attributedTo { name } report { ref outlet { name } } }
      disagreements { aspect relation }
      milestones { status when { earliest } }
      links { type development { ref headline participants { actor { name } } } }
      revision { number action report { ref } changes { path } }
      ... on Exchange { form facilitators { actor { name } } legs { key releasedBy { name } count { best } groups { key } claims { text } } }
      ... on Talk { extent invitations { invitee { name } } }
    }
  }
}`

describe('a list of developments with actors, citations, claims and details', () => {
  const taken = async (query: string, first: number) => {
    const statements = recordStatements()
    const { developments } = await api.ask(query, { first })
    expect(developments.nodes).toHaveLength(first)
    expect(developments.nodes.at(-1).claims.length).toBeGreaterThan(10)
    return { all: statements.length, others: besidesIdentities(statements).length }
  }

  it('takes at most 20 statements, and as many for five as for fifty', async () => {
    const [five, fifty] = [await taken(usual, 5), await taken(usual, 50)]
    expect(fifty.others).toBe(five.others)
    expect(fifty.all).toBeLessThanOrEqual(12)
  })

  it('takes as many for five as for fifty also where everything is asked', async () => {
    const [five, fifty] = [await taken(everything, 5), await taken(everything, 50)]
    expect(fifty.others).toBe(five.others)
    expect(fifty.all).toBeLessThanOrEqual(30)
  })

  it('takes one statement more for each list of what is linked, not one for each link', async () => {
    const statements = recordStatements()
    await api.ask('{ developments(first: 50) { nodes { links { development { headline } } } } }')
    // The head, the page, its developments with their links, where the linked ones stand, and the linked ones.
    expect(statements.length).toBeLessThanOrEqual(6)
  })
})
