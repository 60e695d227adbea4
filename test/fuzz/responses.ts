/** A response as it stands in the bytes of a connection. */
export interface Response {
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** False: the connection ended before all of the body had come. */
  readonly isWhole: boolean
}

const HEAD = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/

/** Reads the responses to requests that were not HEAD (RFC 9112), as far as they go. Throws for what is none. */
export function responsesIn(bytes: Buffer): Response[] {
  const text = bytes.toString('latin1')
  const found: Response[] = []
  for (let at = 0; at < text.length; ) {
    const head = HEAD.exec(text.slice(at))
    if (head === null) {
      // Cut within its head.
      if (text.startsWith('HTTP/1.1 ', at) && !text.includes('\r\n\r\n', at)) break
      throw new Error(`no response: ${JSON.stringify(text.slice(at, at + 100))}`)
    }
    const status = Number(head[1])
    const headers = new Map(
      [...(head[2] as string).matchAll(/^([^:\r\n]+): *(.*?)\r$/gm)].map(([, name = '', value = '']) => [
        name.toLowerCase(),
        value,
      ]),
    )
    at += head[0].length
    // What follows is no HTTP any more.
    if (status === 101) break
    const hasBody = status >= 200 && status !== 204 && status !== 304
    const { body, end, isWhole } = hasBody ? bodyAt(text, at, headers) : { body: '', end: at, isWhole: true }
    const isPlain = headers.get('content-encoding') === undefined
    found.push({
      status,
      contentType: isPlain ? (headers.get('content-type') ?? '') : 'application/octet-stream',
      body: Buffer.from(body, 'latin1').toString(),
      isWhole,
    })
    at = end
  }
  return found
}

function bodyAt(text: string, at: number, headers: ReadonlyMap<string, string>) {
  const length = headers.get('content-length')
  if (length !== undefined) {
    const end = at + Number(length)
    return { body: text.slice(at, end), end, isWhole: end <= text.length }
  }
  if (headers.get('transfer-encoding') !== 'chunked') {
    // An answer to what is no HTTP has no body; any other one without a length goes on to the end.
    return { body: text.slice(at), end: text.length, isWhole: true }
  }
  let body = ''
  for (let from = at; ; ) {
    const size = /^([0-9a-fA-F]+)\r\n/.exec(text.slice(from, from + 20))
    if (size === null) return { body, end: text.length, isWhole: false }
    const length = Number.parseInt(size[1] as string, 16)
    from += size[0].length
    body += text.slice(from, from + length)
    from += length + 2
    if (length === 0) return { body, end: from, isWhole: true }
  }
}
