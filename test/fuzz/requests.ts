import { gzipSync } from 'node:zlib'
import { converse } from './conversation.ts'
import { built, type Dice } from './dice.ts'
import { type Kind, kindOf } from './kind.ts'
import { Broken, expectAnswer, expectNothingInternal } from './promises.ts'
import { type Response, responsesIn } from './responses.ts'
import { mutated } from './tokens.ts'

const CHOICES = 120

const paths = ['/graphql', '/feed', '/export', '/livez', '/']
const targets = [
  ...paths,
  ...['/graphql?query={__typename}', '/graphql?query=%7Bnope', '/graphql?query=%', '/graphql?query={a}&query={b}'],
  ...['/graphql?variables=[&query={__typename}', '/feed?last=3', '/feed?last=-1', '/feed?after=x', '/feed?filter={'],
  ...['/feed?filter={"kind":["TALK"]}', '/export?format=csv', '/export?format=x', '/export?at=1', '/export?filter=[]'],
  ...[
    '/export?bom=yes&format=csv',
    '/export?after=%ff',
    '/graphql/',
    '/graphql/stream',
    '//',
    '//[',
    '/%2e%2e/%2e%2e',
    '*',
  ],
  ...[
    'http://[/',
    'http://a:b/graphql',
    'http://127.0.0.1/graphql',
    'graphql',
    '/feed#x',
    '/feed%00',
    `/${'a'.repeat(9000)}`,
  ],
  ...['/graphql?query=%00', '/livez?x', '/readyz', '/metrics', '/favicon.ico', '/\\', '/?', '?', '/feed?', '/é'],
]
const methods = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'CONNECT',
  'get',
  'M-SEARCH',
  'PRI',
  'NOPE',
  '',
]
const versions = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.10', 'http/1.1', '']
const headers: readonly (readonly string[])[] = [
  ['accept: application/json', 'accept: text/event-stream', 'accept: text/html', 'accept: */*;q=0', 'accept: ,;='],
  ['accept-encoding: gzip', 'accept-encoding: br;q=9', 'accept: text/csv', 'accept: application/x-ndjson'],
  ['content-type: application/json', 'content-type: text/plain', 'content-type: application/graphql', 'content-type:'],
  [
    'content-type: multipart/form-data; boundary=x',
    'content-type: multipart/form-data',
    'content-type: a/b; charset="',
  ],
  [
    'content-type: application/x-www-form-urlencoded',
    'content-type: application/json; charset=utf-16',
    'content-type: é',
  ],
  ['content-encoding: gzip', 'content-encoding: deflate', 'content-encoding: br', 'content-encoding: gzip, gzip'],
  ['content-encoding: nope', 'content-encoding: identity', 'content-encoding:', 'content-encoding: x, y, z'],
  ['host: [', 'host: a b', 'host: \u00ff', 'host:', 'host: x:99999', 'host: %', 'host: a@b', 'host: 127.0.0.1, b'],
  [
    'origin: null',
    'origin: http://[',
    'origin: http://evil.example',
    'authorization: Bearer x',
    'authorization: \u00ff',
  ],
  ['if-none-match: *', 'if-none-match: "x", W/"y"', 'last-event-id: x', 'last-event-id: \u00ff', 'range: bytes=0-0'],
  ['connection: upgrade\r\nupgrade: websocket', 'upgrade: h2c', 'connection: close', 'connection: keep-alive, x'],
  [
    'expect: 100-continue',
    'expect: nothing',
    'trailer: x',
    'te: trailers',
    'x-http-method-override: PUT',
    'cookie: ;=',
  ],
  [': empty', 'no colon', ' folded: x', 'x:\u0000', `x: ${'y'.repeat(20_000)}`, 'x: y\r\n'.repeat(200), 'a\u00ffb: c'],
  ['transfer-encoding: chunked', 'transfer-encoding: gzip, chunked', 'transfer-encoding: x', 'content-length: 5'],
  ['content-length: -1', 'content-length: 99999999999999999999', 'content-length: 5, 5', 'content-length: 0x5'],
  ['sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13', 'sec-websocket-key: x', 'apollo-x: 1'],
]
const bodies = [
  ...[
    '{"query":"{ feedHead { position } }"}',
    '{"query":"{nope}"}',
    '{"query":1}',
    '{}',
    '[]',
    '[{"query":"{__typename}"}]',
  ],
  ...[
    '',
    'null',
    '"x"',
    '{',
    '\u00ef\u00bb\u00bf{}',
    '\u00ff\u00fe',
    '{"query":"\\ud800"}',
    '{"query":"{a","variables":[]}',
  ],
  ...[
    'query=%7B__typename%7D',
    'query=%',
    '{ __typename }',
    '{"query":"{__typename}","operationName":{}}',
    '[['.repeat(5000),
  ],
  ...[
    '{"query":"{__typename}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
    '{"__proto__":{"query":"{a}"}}',
  ],
  ...[
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{__typename}"}\r\n--x--\r\n',
    '--x',
    '--x\r\n\r\n',
  ],
  gzipSync('{"query":"{__typename}"}').toString('latin1'),
  gzipSync('{"query":"{__typename}"}').subarray(0, 20).toString('latin1'),
  gzipSync(`{"query":"{__typename}","x":"${'0'.repeat(2_000_000)}"}`).toString('latin1'),
  `{"query":"mutation{retract(input:{development:\\"nothing\\",reason:\\"x\\"}){__typename}}"}`,
]
const odd = [
  '\r\n',
  '\n',
  '\r',
  '\u0000',
  ' ',
  '\t',
  ':',
  '\u00ff',
  '\r\n\r\n',
  'HTTP/1.1',
  'chunked',
  '0\r\n\r\n',
  '%',
  '?',
  '#',
]

// Answered only if what came before it was a whole request; then the connection is over.
const LAST = 'GET /livez HTTP/1.1\r\nhost: last\r\nconnection: close\r\n\r\n'

/** Requests that are put together of good and odd parts, some of them cut, torn or one after the other. */
export function requests(): Kind {
  const cases = built(CHOICES, (dice, changes) => {
    const some = Array.from({ length: 1 + dice.roll(dice.chance(20) ? 5 : 1) }, () => requestText(dice))
    const text = some.join('')
    return { bytes: changes.chance(25) ? mutated(text, changes, odd) : text }
  })
  return kindOf('requests', cases, async ({ port }, { bytes }) => {
    const { bytes: heard, byServer } = await converse(port, [{ bytes: Buffer.from(bytes + LAST, 'latin1') }])
    if (/HEAD/i.test(bytes)) return statusesOf(heard)
    let responses: Response[]
    try {
      responses = responsesIn(heard)
    } catch (error) {
      throw new Broken((error as Error).message)
    }
    for (const { status, contentType, body, isWhole } of responses) {
      if (isWhole) expectAnswer(status, contentType, body)
      else if (!contentType.startsWith('text/html')) expectNothingInternal(body)
    }
    const statuses = responses.map(({ status }) => `HTTP ${status}`)
    return statuses.length > 0 ? statuses : [byServer ? 'closed' : 'no answer']
  })
}

function statusesOf(heard: Buffer): string[] {
  const text = heard.toString('latin1')
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
  if (statuses.some((status) => status >= 500)) throw new Broken(`a status above 499: ${text.slice(0, 500)}`)
  return statuses.map((status) => `HTTP ${status}`)
}

function requestText(dice: Dice): string {
  const method = dice.chance(40) ? dice.pick([...methods, 'HEAD']) : dice.pick(['POST', 'GET'])
  const target = dice.chance(50) ? dice.pick(targets) : dice.pick(paths)
  const version = dice.chance(8) ? dice.pick(versions) : 'HTTP/1.1'
  const body = dice.pick(bodies)
  const lines = [`${method} ${target} ${version}`, ...(dice.chance(5) ? [] : ['host: parley'])]
  if (method === 'POST' && !dice.chance(30)) lines.push('content-type: application/json')
  for (let more = dice.roll(4); more > 0; more--) lines.push(dice.pick(dice.pick(headers)))
  if (method === 'GET' && !dice.chance(20)) return `${lines.join('\r\n')}\r\n\r\n`
  return framed(lines, body, dice)
}

/** A request with its body: whole, in chunks, or with a length that is not its own. */
function framed(lines: string[], body: string, dice: Dice): string {
  const head = (...more: string[]) => `${[...lines, ...more].join('\r\n')}\r\n\r\n`
  const hex = body.length.toString(16)
  switch (dice.roll(8)) {
    case 1:
      return `${head('transfer-encoding: chunked')}${hex}\r\n${body}\r\n0\r\n\r\n`
    case 2:
      return `${head('transfer-encoding: chunked')}${dice.pick(['zz', '-1', 'ffffffffffffffff', hex, '1;x=y', ''])}\r\n${body}`
    case 3:
      return `${head('transfer-encoding: chunked', `content-length: ${body.length}`)}${hex}\r\n${body}\r\n0\r\n\r\n`
    case 4:
      return `${head(`content-length: ${body.length + dice.pick([1, 100, -1, 1e6])}`)}${body}`
    case 5:
      return `${head('transfer-encoding: chunked')}1\r\n${body.slice(0, 1)}\r\n${hex}\r\n${body}\r\n0\r\nx-trailer: y\r\n\r\n`
    default:
      return `${head(`content-length: ${body.length}`)}${body}`
  }
}
