/** Reads HTTP responses from the bytes of one connection: how many have been read to their end, and whether one failed. */
export interface Responses {
  /** Takes what came; returns how many responses it completes. Throws for one that is neither a success nor a 503. */
  feed(bytes: Buffer): number
  /** How many of them were 503: the server could not get at the database in time, and says so. */
  readonly refused: number
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const END_OF_CHUNKS = Buffer.from('0\r\n\r\n')

export function readResponses(): Responses {
  let rest: Buffer = Buffer.alloc(0)
  // Of the response that is under way: bytes still to come, or undefined: until its last chunk.
  let left: number | undefined = 0
  let isOpen = false
  let refused = 0

  function begin(): boolean {
    const end = rest.indexOf(END_OF_HEAD)
    if (end < 0) return false
    const head = rest.toString('latin1', 0, end)
    if (head.startsWith('HTTP/1.1 503')) refused++
    else if (!head.startsWith('HTTP/1.1 200')) throw new Error(`It answered ${head.split('\r\n')[0]}`)
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    left = length === undefined ? undefined : Number(length)
    rest = rest.subarray(end + END_OF_HEAD.length)
    isOpen = true
    return true
  }

  /** Takes of the body what is there; true when that is all of it. */
  function take(): boolean {
    if (left === undefined) {
      const end = rest.indexOf(END_OF_CHUNKS)
      // The end may be cut: a few bytes are kept.
      if (end < 0) rest = rest.subarray(Math.max(0, rest.length - END_OF_CHUNKS.length))
      else rest = rest.subarray(end + END_OF_CHUNKS.length)
      return end >= 0
    }
    const taken = Math.min(left, rest.length)
    left -= taken
    rest = rest.subarray(taken)
    return left === 0
  }

  return {
    get refused() {
      return refused
    },
    feed(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      let complete = 0
      while (isOpen || begin()) {
        if (!take()) break
        isOpen = false
        complete++
      }
      return complete
    },
  }
}
