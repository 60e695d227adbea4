import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { subscriptionKey } from '../../src/schema/following.ts'
import { schema } from '../../src/schema/schema.ts'

const query = `
  subscription News($after: FeedCursor, $last: Int, $kind: [Kind!]) {
    developments(after: $after, last: $last, filter: { kind: $kind }) { ...Place }
  }
  fragment Place on FeedItem { cursor position }`

const keyOf = (text: string, values?: object, name: string | null = null) =>
  subscriptionKey(schema, parse(text), name, values as { [name: string]: unknown })

describe('the key of a subscription', () => {
  const key = keyOf(query, { kind: ['TALK'] })

  it.each([
    { what: 'where to begin', text: query, values: { kind: ['TALK'], after: 'MC4w' } },
    { what: 'how many to begin with', text: query, values: { kind: ['TALK'], last: 3 } },
    {
      what: 'white space and comments',
      text: `# Follow.\n${query.replaceAll('\n', '\n\n  ')}`,
      values: { kind: ['TALK'] },
    },
    { what: 'a beginning written into the text', text: query.replace('$last,', '5,'), values: { kind: ['TALK'] } },
    {
      what: 'variables that only say where to begin, whatever they are called',
      text: query.replaceAll('$after', '$from'),
      values: { kind: ['TALK'], from: 'MC4w' },
    },
    { what: 'values of variables that there are not', text: query, values: { kind: ['TALK'], other: 1 } },
  ])('does not hang on $what', ({ text, values }) => {
    expect(keyOf(text, values)).toBe(key)
  })

  it.each([
    { what: 'the values of other variables', text: query, values: { kind: ['EXCHANGE'] } },
    { what: 'what is selected', text: query.replace('cursor position', 'cursor'), values: { kind: ['TALK'] } },
    { what: 'an alias', text: query.replace('cursor position', 'at: cursor position'), values: { kind: ['TALK'] } },
    { what: 'a filter that is written into the text', text: query.replace('$kind }', '[TALK] }'), values: {} },
  ])('hangs on $what', ({ text, values }) => {
    expect(keyOf(text, values)).not.toBe(key)
  })

  it('hangs on the name of the operation that is meant', () => {
    expect(keyOf(query, { kind: ['TALK'] }, 'News')).not.toBe(key)
  })

  it('hangs on a variable that says where to begin and something else too', () => {
    const both = query.replace(
      'cursor position',
      '... on DevelopmentChange { development { history(first: $last) { totalCount } } }',
    )
    const [three, four] = [3, 4].map((last) => keyOf(both, { kind: ['TALK'], last }))
    expect(three).not.toBe(four)
  })
})
