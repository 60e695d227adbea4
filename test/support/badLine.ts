import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What becomes of a message of the server. */
export type Fate = 'arrives' | 'is lost' | 'comes twice'

/** A wire that does to connections what bad networks do. What is said of connections holds for those there are. */
export interface BadLine extends AsyncDisposable {
  readonly port: number
  /** How many connections were made over it. */
  readonly made: number
  /** Connections from now on go to this port. */
  reroute(port: number): void
  /** Cuts them, after so many bytes more of the server's have passed: in the middle of a frame, most likely. */
  cut(afterBytes?: number): void
  /** Ends one side's half of them, and says nothing to the other side. */
  halfClose(towards: 'client' | 'server'): void
  /** Keeps them, and lets nothing through any more, either way. */
  swallow(): void
  /** From now on every connection is taken, and swallowed at once; or no longer. */
  isDeaf: boolean
  /** Lets the server's bytes through so many at a time, each time after so many milliseconds. Null: as they come. */
  pace: { readonly bytes: number; readonly ms: number } | null
  /** What becomes of each message of the server, from now on. */
  fate: (message: string) => Fate
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  left: number
  isSwallowed: boolean
}

export async function openBadLine(port: number): Promise<BadLine> {
  let target = port
  let made = 0
  const pairs = new Set<Pair>()

  function end(pair: Pair) {
    pairs.delete(pair)
    pair.near.destroy()
    pair.far.destroy()
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    made++
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    const pair: Pair = { near, far, left: Number.POSITIVE_INFINITY, isSwallowed: line.isDeaf }
    pairs.add(pair)
    for (const socket of [near, far]) socket.on('error', () => end(pair))
    near.on('data', (bytes) => pair.isSwallowed || far.write(bytes))
    near.on('end', () => pair.isSwallowed || far.end())
    near.on('close', () => end(pair))
    const split = splitter()
    let passing = Promise.resolve()
    far.on('data', (bytes) => {
      for (const { raw, text } of split(bytes)) {
        const fate = text === null ? 'arrives' : line.fate(text)
        for (let times = fate === 'is lost' ? 0 : fate === 'comes twice' ? 2 : 1; times > 0; times--)
          passing = passing.then(() => pass(pair, raw))
      }
    })
    far.on('end', () => passing.then(() => pair.isSwallowed || near.end()))
  })

  async function pass(pair: Pair, bytes: Buffer): Promise<void> {
    const step = line.pace?.bytes ?? bytes.length
    for (let at = 0; at < bytes.length && !pair.isSwallowed; at += step) {
      if (line.pace) await new Promise((resolve) => setTimeout(resolve, line.pace?.ms))
      const some = bytes.subarray(at, at + step).subarray(0, pair.left)
      pair.left -= some.length
      if (pair.left === 0) pair.near.write(some, () => end(pair))
      else pair.near.write(some)
      if (pair.left === 0) return
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const line: BadLine = {
    port: (server.address() as AddressInfo).port,
    get made() {
      return made
    },
    reroute(to) {
      target = to
    },
    cut(afterBytes = 0) {
      for (const pair of [...pairs]) {
        if (afterBytes === 0) end(pair)
        else pair.left = afterBytes
      }
    },
    halfClose(towards) {
      for (const { near, far } of pairs) towards === 'client' ? near.end() : far.end()
      // The server ends its half then: that is what the client is not told.
      if (towards === 'server') line.swallow()
    },
    swallow() {
      for (const pair of pairs) pair.isSwallowed = true
    },
    isDeaf: false,
    pace: null,
    fate: () => 'arrives',
    async [Symbol.asyncDispose]() {
      line.cut()
      server.close()
      await once(server, 'close')
    },
  }
  return line
}

/**
 * Splits what a server sends over a WebSocket into its answer to the handshake, and frames. Servers do not mask. Another
 * answer is left in one piece.
 */
function splitter(): (bytes: Buffer) => { raw: Buffer; text: string | null }[] {
  let rest = Buffer.alloc(0)
  let isUpgraded = false
  function lengthOf(): { header: number; body: number } | undefined {
    if (!isUpgraded) {
      const header = rest.indexOf('\r\n\r\n')
      return header < 0 ? undefined : { header: header + 4, body: 0 }
    }
    const short = (rest[1] ?? 0) & 0x7f
    const header = short === 127 ? 10 : short === 126 ? 4 : 2
    if (rest.length < header) return undefined
    return {
      header,
      body: short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short,
    }
  }
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    if (!isUpgraded && !rest.subarray(0, 12).toString().startsWith('HTTP/1.1 101'.slice(0, rest.length))) {
      const raw = rest
      rest = Buffer.alloc(0)
      return [{ raw, text: null }]
    }
    const found: { raw: Buffer; text: string | null }[] = []
    for (;;) {
      const length = lengthOf()
      if (length === undefined || rest.length < length.header + length.body) return found
      const raw = rest.subarray(0, length.header + length.body)
      rest = rest.subarray(raw.length)
      const isText = isUpgraded && ((raw[0] ?? 0) & 0x0f) === 1
      isUpgraded = true
      found.push({ raw, text: isText ? raw.subarray(length.header).toString() : null })
    }
  }
}
