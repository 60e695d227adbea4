import { GraphQLError } from 'graphql'
import { type Cursor, CursorRefused, encodeCursor } from '../feed/cursor.ts'
import type { Feed } from '../feed/feed.ts'

/**
 * Sees that a cursor is of this record. Throws a GraphQLError with the code CURSOR_FROM_THE_FUTURE or
 * CURSOR_FROM_ANOTHER_HISTORY and, as `head` and `origin`, the cursors from which one can start again.
 */
export async function locatedCursor(feed: Feed, cursor: Cursor): Promise<Cursor> {
  try {
    return await feed.locate(cursor)
  } catch (error) {
    if (!(error instanceof CursorRefused)) throw error
    const { code, head, origin, message } = error
    throw new GraphQLError(message, {
      extensions: { code, head: encodeCursor(head), origin: encodeCursor(origin) },
    })
  }
}
