/** A stretch of bytes that should hold one document. */
export interface Piece {
  /** Counts from 1. */
  readonly line: number
  /** In bytes, of all that stood there. */
  readonly size: number
  /** Absent where it was larger than the limit: then it was counted but never kept. */
  readonly bytes?: Buffer
}

/** Gathers bytes up to a limit; of what goes beyond it only the size is kept. */
export function gatherer(limit: number): {
  add(bytes: Buffer): void
  /** Takes a piece as it is, which may be too large already. */
  join(piece: Piece): void
  take(line: number): Piece
} {
  let size = 0
  let parts: Buffer[] = []
  const add = (bytes: Buffer | undefined, length: number) => {
    size += length
    if (bytes !== undefined && size <= limit) parts.push(bytes)
    else parts = []
  }
  return {
    add: (bytes) => add(bytes, bytes.length),
    join: (piece) => add(piece.bytes, piece.size),
    take(line) {
      const piece = { line, size, ...(size <= limit && { bytes: Buffer.concat(parts) }) }
      size = 0
      parts = []
      return piece
    },
  }
}

/** The lines of a stream, each up to a limit of bytes. A line that the end of the stream cuts off counts, too. */
export async function* linesOf(stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Piece> {
  const gathered = gatherer(limit)
  let line = 1
  let isOpen = false
  for await (const chunk of stream) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      gathered.add(chunk.subarray(from, end))
      yield gathered.take(line++)
      from = end + 1
    }
    gathered.add(chunk.subarray(from))
    isOpen = from < chunk.length || (isOpen && from === 0)
  }
  if (isOpen) yield gathered.take(line)
}
