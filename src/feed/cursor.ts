/** A place in the feed, and the tag that tells this history's revision there from another's. */
export interface Cursor {
  readonly position: number
  readonly tag: string
}

/** The opaque form of a cursor on the wire. */
export function encodeCursor({ position, tag }: Cursor): string {
  return Buffer.from(`${position}.${tag}`).toString('base64url')
}

/** Undefined for text that no server ever issued. */
export function decodeCursor(text: string): Cursor | undefined {
  if (text.length > 100 || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined
  const match = /^(0|[1-9]\d{0,9})\.([0-9a-f]{16,32})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))
  if (match === null) return undefined
  const position = Number(match[1])
  return position > 2_147_483_647 ? undefined : { position, tag: match[2] as string }
}

export const cursorProblems = ['CURSOR_FROM_THE_FUTURE', 'CURSOR_FROM_ANOTHER_HISTORY'] as const
export type CursorProblem = (typeof cursorProblems)[number]

/** A cursor that this record cannot continue from, with where to start again. */
export class CursorRefused extends Error {
  override readonly name = 'CursorRefused'
  readonly code: CursorProblem
  /** The end of the feed: whatever comes next. */
  readonly head: Cursor
  /** The beginning of the feed: everything again. */
  readonly origin: Cursor

  constructor(code: CursorProblem, cursor: Cursor, head: Cursor, origin: Cursor) {
    super(
      code === 'CURSOR_FROM_THE_FUTURE'
        ? `The cursor names position ${cursor.position}, but the feed ends at ${head.position}: it is of another record, or this one was restored from a backup. Start again from \`origin\` (everything) or \`head\` (what comes next).`
        : `The cursor names another revision than the one at position ${cursor.position}: this record was restored from a backup and written on. Start again from \`origin\` (everything) or \`head\` (what comes next).`,
    )
    this.code = code
    this.head = head
    this.origin = origin
  }
}
