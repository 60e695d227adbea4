import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../src/schema/context.ts'
import { type Answers, openAnswers } from '../../src/transport/answers.ts'
import { type Api, openApi } from '../support/api.ts'
import { tester } from '../support/author.ts'

// A schema of its own: what is computed is counted, and one field looks at the clock.
let computed = 0
const query = new GraphQLObjectType<unknown, Context>({
  name: 'Query',
  fields: {
    count: { type: GraphQLInt, resolve: () => ++computed },
    today: {
      type: GraphQLString,
      extensions: { dependsOnToday: true },
      resolve: (_root, _args, { now }) => now().toISOString().slice(0, 10),
    },
    text: { type: GraphQLString, args: { size: { type: GraphQLInt } }, resolve: (_root, { size }) => 'x'.repeat(size) },
    wrong: {
      type: GraphQLString,
      resolve() {
        throw new Error('Wrong.')
      },
    },
  },
})
const schema = new GraphQLSchema({ query })

let api: Api
let time: Date
const now = () => time
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  time = new Date('2024-01-01T12:00:00Z')
  await expect.poll(() => api.feed.known()).toBeDefined()
})

function ask(answers: Answers, text: string, variables: object = {}) {
  const { database } = api.record
  const contextValue = { database, feed: api.feed, now, maxCost: 1000, scope: 'READER' as const, author: tester }
  return answers.answer({ schema, document: parse(text), variableValues: { ...variables }, contextValue })
}
const data = async (answers: Answers, text: string, variables?: object) =>
  JSON.parse(JSON.stringify((await ask(answers, text, variables)).result.data))

describe('an answer that is kept', () => {
  it('holds until the day ends, in UTC, if a field of it looks at the clock, and else for good', async () => {
    const answers = openAnswers({ feed: api.feed, now })
    const both = '{ ...F } fragment F on Query { today count }'
    const first = await data(answers, both)
    const timeless = await data(answers, '{ count }')
    time = new Date('2024-01-01T23:59:59.999Z')
    expect(await data(answers, both)).toEqual(first)
    time = new Date('2024-01-02T00:00:00Z')
    expect(await data(answers, both)).toEqual({ today: '2024-01-02', count: computed })
    expect(await data(answers, '{ count }')).toEqual(timeless)
  })

  it('is of the values of variables, and of the operation, that were asked', async () => {
    const answers = openAnswers({ feed: api.feed, now })
    const sized = 'query ($size: Int) { text(size: $size) }'
    expect(await data(answers, sized, { size: 1 })).toEqual({ text: 'x' })
    expect(await data(answers, sized, { size: 2 })).toEqual({ text: 'xx' })
  })

  it('goes when there is no room for it: by number and by size', async () => {
    const few = openAnswers({ feed: api.feed, now }, { max: 2 })
    const kept = async (text: string) => {
      const before = computed
      await ask(few, text)
      return computed === before
    }
    for (const name of ['a', 'b', 'c']) expect(await kept(`{ ${name}: count }`)).toBe(false)
    expect([await kept('{ c: count }'), await kept('{ b: count }'), await kept('{ a: count }')]).toEqual([
      ...[true, true, false],
    ])
    const small = openAnswers({ feed: api.feed, now }, { maxSize: 3000 })
    const sizes = [100, 1500, 1501, 9000]
    for (const size of sizes) await ask(small, `{ text(size: ${size}) count }`)
    const before = computed
    for (const size of [1501, 1500, 9000]) await ask(small, `{ text(size: ${size}) count }`)
    expect(computed - before).toBe(2)
  })

  it('has no errors in it', async () => {
    const answers = openAnswers({ feed: api.feed, now })
    const { result, kept } = await ask(answers, '{ count wrong }')
    expect([result.errors?.length, kept]).toEqual([1, undefined])
    const before = computed
    await ask(answers, '{ count wrong }')
    expect(computed).toBe(before + 1)
  })
})

describe('where the record stands', () => {
  it('is not known from when a look was asked for until it was taken', async () => {
    const known = api.feed.known()
    expect(known).toEqual(await api.feed.latest())
    api.feed.look()
    expect(api.feed.known()).toBeUndefined()
    await expect.poll(() => api.feed.known()).toEqual(known)
  })
})
