import { GraphQLError } from 'graphql'
import { DateResolver, DateTimeResolver, JSONResolver } from 'graphql-scalars'
import { type Cursor, decodeCursor, encodeCursor } from '../feed/cursor.ts'
import { builder } from './builder.ts'

builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'A moment, ISO 8601 with its zone: 2023-12-07T23:59:59.999Z. Answers are in UTC, to the millisecond.',
})
builder.addScalarType('Date', DateResolver, { description: 'A day, ISO 8601: 2023-12-07.' })
builder.addScalarType('JSON', JSONResolver, {
  description: 'A value as JSON, where its shape depends on the path beside it.',
})

builder.scalarType('FeedCursor', {
  description:
    'A place in the feed, opaque. It names its revision, so that a cursor from another history (a restored backup) is noticed.',
  serialize: (cursor) => encodeCursor(cursor),
  parseValue: readFeedCursor,
})

/** Throws a GraphQLError with the code CURSOR_MALFORMED for what no server ever issued. */
export function readFeedCursor(value: unknown): Cursor {
  const cursor = typeof value === 'string' ? decodeCursor(value) : undefined
  if (cursor !== undefined) return cursor
  throw new GraphQLError(
    `A FeedCursor must be text that this API gave out (\`cursor\` of a feed item, a list or \`feedHead\`), got ${JSON.stringify(value)?.slice(0, 80)}.`,
    { extensions: { code: 'CURSOR_MALFORMED' } },
  )
}
