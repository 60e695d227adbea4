import { positionIn } from './position.ts'

/** Every so many deliveries, one is read as a whole. */
const SAMPLE = 499
/** What a change has and a status item has not. */
const ACTION = Buffer.from('"action":')

/** One follower: which position it must get next, and how much it got. */
export interface Follower {
  /** The position up to which it has everything; -1 before its first message. */
  last: number
  /** How many changes it was sent. */
  changes: number
}

/**
 * Reads one message to a follower. Returns the position of the change that it delivers, -1 if it delivers none.
 * @throws Error when something was lost, came twice or out of order, or came with errors
 */
export function take(follower: Follower, buffer: Buffer, start: number, end: number): number {
  const position = positionIn(buffer, start, end)
  if (position === follower.last + 1 && follower.changes > 0 && isWithin(ACTION, buffer, start, end)) {
    follower.last = position
    if (++follower.changes % SAMPLE === 0) check(buffer.toString('utf8', start, end), position)
    return position
  }
  return takeOther(follower, buffer.toString('utf8', start, end), position)
}

/** Whether some words are in a text from `start` to `end`. */
export function isWithin(words: Buffer, buffer: Buffer, start: number, end: number): boolean {
  const at = buffer.indexOf(words, start)
  return at >= 0 && at + words.length <= end
}

/** The first messages of a follower, the status items, and what should not be. */
function takeOther(follower: Follower, text: string, position: number): number {
  check(text, position)
  const isFirst = follower.last < 0
  if (!text.includes(ACTION.toString())) {
    if (!isFirst && position !== follower.last) throw new Error(`After ${follower.last} came ${text}`)
    follower.last = position
    return -1
  }
  if (!isFirst && position !== follower.last + 1) throw new Error(`After ${follower.last} came ${position}: ${text}`)
  follower.last = position
  follower.changes++
  return position
}

function check(text: string, position: number): void {
  const message = parse(text)
  // An event stream has the result bare, a WebSocket wraps it in a message with its operation's id.
  const result = (message.payload ?? message) as { data?: { developments?: { position?: unknown } }; errors?: unknown }
  if (position < 0 || result.errors !== undefined || result.data?.developments?.position !== position) {
    throw new Error(`A follower was sent ${text}`)
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`A follower was sent what is no JSON: ${text}`)
  }
}
