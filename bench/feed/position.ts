const KEY = Buffer.from('"position":')
const [QUOTE, P, COLON] = [KEY[0], KEY[1], KEY[10]]

// Where the last message had it: all messages of a server look alike, and a search costs more than a look.
let hint = 0

/** The `position` in a JSON text from `start` to `end`, without reading the rest of it; -1 if there is none. */
export function positionIn(buffer: Buffer, start: number, end: number): number {
  let at = start + hint
  const isThere = buffer[at] === QUOTE && buffer[at + 1] === P && buffer[at + 9] === QUOTE && buffer[at + 10] === COLON
  if (!isThere || at + KEY.length >= end) {
    at = buffer.indexOf(KEY, start)
    if (at < 0 || at >= end) return -1
    hint = at - start
  }
  let value = 0
  for (at += KEY.length; at < end; at++) {
    const digit = (buffer[at] as number) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return value
}
