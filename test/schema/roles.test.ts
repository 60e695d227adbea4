import { GraphQLObjectType, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Permission, permits, type ViewerRole, viewerRoles } from '../../src/feed/viewer.ts'
import { operate } from '../../src/schema/operate.ts'
import { schema } from '../../src/schema/schema.ts'
import { type Api, openApi } from '../support/api.ts'
import { tester } from '../support/author.ts'
import { newsOf } from '../support/news.ts'

/** Every field that takes more than being let in, what it takes, and how to ask it: a field that is missing here fails. */
const guarded: Record<string, { readonly takes: Permission; readonly ask: string }> = {
  'Mutation.ingest': {
    takes: 'ingest',
    ask: 'mutation { ingest(dispatch: { process: "north-south", report: { id: "x", published: { precision: UNKNOWN } }, developments: [] }) { __typename } }',
  },
  'Mutation.correct': { takes: 'edit', ask: desk('correct', 'basis: OUR_MISTAKE') },
  'Mutation.retract': { takes: 'edit', ask: desk('retract') },
  'Mutation.reinstate': { takes: 'edit', ask: desk('reinstate') },
  'Mutation.merge': { takes: 'edit', ask: desk('merge', 'into: "none-such-2"') },
  'Mutation.split': {
    takes: 'edit',
    ask: 'mutation { split(input: { from: "none-such", ref: "x", reason: "x" }) { __typename } }',
  },
  'Mutation.retractReport': {
    takes: 'edit',
    ask: 'mutation { retractReport(input: { report: "none-such", reason: "x" }) { __typename } }',
  },
  'Query.heldDispatches': { takes: 'edit', ask: '{ heldDispatches { nodes { id } } }' },
  'Mutation.releaseHeld': { takes: 'edit', ask: 'mutation { releaseHeld(id: "x") { __typename } }' },
  'Mutation.editHeld': {
    takes: 'edit',
    ask: 'mutation { editHeld(id: "x", dispatch: { process: "north-south", report: { id: "x", published: { precision: UNKNOWN } }, developments: [] }) { __typename } }',
  },
  'Mutation.postponeHeld': {
    takes: 'edit',
    ask: 'mutation { postponeHeld(id: "x", until: "2050-01-01T00:00:00Z") { __typename } }',
  },
  'Mutation.discardHeld': { takes: 'edit', ask: 'mutation { discardHeld(id: "x", reason: "x") { __typename } }' },
  'Query.followers': { takes: 'administer', ask: '{ followers { __typename } }' },
  'Query.auditTrail': { takes: 'administer', ask: '{ auditTrail { nodes { act } } }' },
}

function desk(name: string, more = ''): string {
  return `mutation { ${name}(input: { ref: "none-such", reason: "x" ${more} }) { __typename } }`
}

let api: Api
beforeAll(async () => {
  api = await openApi()
  await newsOf(api.record.write).agreed('swap')
})
afterAll(() => api[Symbol.asyncDispose]())

/** The codes of what was refused. */
async function codes(query: string, scope: ViewerRole): Promise<unknown[]> {
  const { database } = api.record
  const services = { database, feed: api.feed, now: () => new Date(), maxCost: 250_000 }
  const contextValue = { ...services, scope, author: { ...tester, name: 'key 1 (test)' } }
  const { errors = [] } = await operate({ schema, document: parse(query), contextValue })
  return errors.map(({ extensions }) => extensions.code)
}

describe('a role', () => {
  it('is asked for by the fields of this table, by every mutation, and by no other field of the schema', () => {
    const found = Object.values(schema.getTypeMap())
      .filter((type) => type instanceof GraphQLObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
      )
      .flatMap(({ name, field }) => {
        const { authScopes } = (field.extensions.pothosOptions ?? {}) as { authScopes?: Record<string, true> }
        return authScopes === undefined ? [] : [[name, Object.keys(authScopes)] as const]
      })
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(guarded).map(([name, { takes }]) => [name, [takes]])),
    )
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).map((name) => `Mutation.${name}`)
    expect(mutations.filter((name) => !(name in guarded))).toEqual([])
  })

  describe.each(Object.entries(guarded))('for %s', (_name, { takes, ask }) => {
    it.each(viewerRoles)('%s is let through or refused, and what is refused changes nothing', async (role) => {
      const head = await api.record.head()
      expect((await codes(ask, role)).includes('FORBIDDEN')).toBe(!permits(role, takes))
      expect(await api.record.head()).toBe(head)
    })
  })

  it('that does not suffice is told which one does, and how to come by it', async () => {
    const { database } = api.record
    const services = { database, feed: api.feed, now: () => new Date(), maxCost: 250_000 }
    const document = parse(guarded['Mutation.retract']?.ask ?? '')
    const told = async (name: string) => {
      const author = { name, address: '192.0.2.1' }
      const { errors = [] } = await operate({
        schema,
        document,
        contextValue: { ...services, scope: 'READER', author },
      })
      return errors[0]
    }
    expect((await told('key 1 (test)'))?.message).toBe(
      'retract: needs the role DESK or ADMIN; you have READER. Send a key that has it as `authorization: Bearer …`; whoever runs this server makes one: npm run keys -- add --role DESK --label NAME',
    )
    expect((await told('anonymous'))?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', http: { status: 401 } })
    expect((await told('anonymous'))?.message).toContain('you have not said who you are')
  })
})
