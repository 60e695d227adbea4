import { type DocumentNode, parse, print, validate, visit } from 'graphql'
import { describe, expect, test } from 'vitest'
import { subscribing } from '../../src/client/subscription.ts'
import { schema } from '../../src/schema/schema.ts'

/** The document without where it begins, and without what the client puts in. */
function withoutOurs(document: DocumentNode): string {
  const isOurs = (name = '') => /^parley/.test(name)
  const without = visit(document, {
    VariableDefinition: ({ variable }) => (isOurs(variable.name.value) ? null : undefined),
    Argument: ({ name }) => (['after', 'last'].includes(name.value) ? null : undefined),
    Field: ({ alias }) => (isOurs(alias?.value) ? null : undefined),
    InlineFragment: { leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined) },
  })
  return print(without)
}

describe('a document of the user’s own', () => {
  test.each([
    ['the shortest', 'subscription{developments{position}}'],
    [
      'with a name, an alias, directives and arguments',
      'subscription Mine @a(b: {c: ")"}) { mine: developments(filter: { kind: [TALK] }, last: 3) @include(if: true) { cursor: position } }',
    ],
    [
      'with fragments before and after',
      'fragment A on FeedItem { cursor } subscription { developments { ...A ...B } } fragment B on FeedItem { position }',
    ],
    [
      'with what looks like syntax in strings and comments',
      '# } subscription {\nsubscription { developments(filter: { about: "} ) { \\" after: " }) { ref: position @skip(if: false) } } # {',
    ],
    ['with a block string', 'subscription { developments(filter: { about: """ } " \\""" { """ }) { position } }'],
    [
      'with variables of its own',
      'subscription ($f: DevelopmentFilter = { kind: [TALK] }, $with: Boolean!) { developments(filter: $f) { position @include(if: $with) } }',
    ],
  ])('%s, is opened without being changed otherwise', (_, query) => {
    const opened = parse(subscribing({ query }).request('c').query)
    expect(print(opened)).toMatch(/after: \$parleyAfter,?\s+last: \$parleyLast/)
    expect(print(opened)).toContain('parley_position: position')
    expect(withoutOurs(opened)).toEqual(withoutOurs(parse(query)))
  })

  const begin = (query: string, variables: Record<string, unknown> = {}) => {
    const { query: opened, variables: sent } = subscribing({ query, variables }).request(undefined)
    expect(validate(schema, parse(opened))).toEqual([])
    return sent
  }

  test('begins where it says itself: by a literal, by a variable, by a variable’s default', () => {
    expect(begin('subscription { developments(after: "c1") { position } }')).toEqual({
      parleyAfter: 'c1',
      parleyLast: null,
    })
    expect(begin('subscription ($n: Int = 7) { developments(last: $n) { position } }')).toEqual({
      parleyAfter: null,
      parleyLast: 7,
    })
    expect(begin('subscription ($a: FeedCursor) { developments(after: $a) { position } }', { a: 'c2' })).toEqual({
      parleyAfter: 'c2',
      parleyLast: null,
    })
  })

  test('goes on after a cursor, whatever it says itself, and keeps a variable that stands elsewhere too', () => {
    const query =
      'subscription ($n: Int!) { developments(last: $n) { ... on DevelopmentChange { development { disagreements { text } history(first: $n) { totalCount } } } } }'
    expect(subscribing({ query, variables: { n: 3 } }).request('c9').variables).toEqual({
      n: 3,
      parleyAfter: 'c9',
      parleyLast: null,
    })
    expect(subscribing({ query, variables: { n: 3 } }).request(undefined).variables).toEqual({
      n: 3,
      parleyAfter: null,
      parleyLast: 3,
    })
  })

  test('where it is told to begin goes before what the document says', () => {
    const query = 'subscription { developments(last: 3) { position } }'
    expect(subscribing({ query, after: 'c1' }).request(undefined).variables).toEqual({
      parleyAfter: 'c1',
      parleyLast: null,
    })
  })

  test('gets the answer that it asked for, without what the client has put in', () => {
    const { read, itemOf } = subscribing({ query: 'subscription { mine: developments { at: position } }' })
    const mine = { parley_cursor: 'c3', parley_position: 3, parley_previousPosition: 1, at: 3 }
    const frame = read({ data: { mine } })
    expect(frame).toEqual({
      cursor: 'c3',
      position: 3,
      previousPosition: 1,
      status: null,
      errors: [],
      data: { mine: { at: 3 } },
    })
    expect(itemOf(frame?.data ?? {})).toEqual({ at: 3 })
  })

  test.each([
    ['query { feedHead { cursor } }', 'one operation, a subscription'],
    ['{ feedHead { cursor } }', 'one operation, a subscription'],
    ['subscription A { developments { position } } subscription B { developments { position } }', 'one operation'],
    [
      'fragment F on Subscription { developments { position } } subscription { ...F }',
      'begin with the field developments',
    ],
    ['subscription { somethingElse { position } }', 'begin with the field developments'],
    ['subscription { developments }', 'must have a selection'],
    ['subscription { developments {', 'ends in the middle'],
    ['subscription (', 'ends in the middle'],
    ['', 'one operation'],
    ['subscription { developments(after: [1]) { position } }', 'a string or a variable'],
  ])('is refused when it cannot be followed: %s', (query, why) => {
    expect(() => subscribing({ query })).toThrow(why)
  })

  test('stands alone: a selection or a filter beside it would say nothing', () => {
    expect(() => subscribing({ query: 'subscription { developments { position } }', filter: {} })).toThrow('`filter`')
  })
})
