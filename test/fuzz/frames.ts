import { frameReader, opcodes } from '../../bench/feed/frames.ts'
import { converse } from './conversation.ts'
import { built, type Dice } from './dice.ts'
import { type Frame, frameBytes } from './frame.ts'
import { type Kind, kindOf } from './kind.ts'
import { Broken, expectClose, expectNothingInternal } from './promises.ts'
import { mutated } from './tokens.ts'
import { type Lexicon, oddTexts } from './words.ts'

const CHOICES = 150

const handshake = [
  'GET /graphql HTTP/1.1',
  ...['host: parley', 'connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'],
  ...['sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-protocol: graphql-transport-ws'],
]
const odd = [
  ...oddTexts.map((text) => JSON.stringify(text)),
  ...['null', '{}', '[]', '1e400', '"__proto__":{"x":1},', '"id":', '"type":', '"next"', '"pong"', '['.repeat(2000)],
]
const INIT = '{"type":"connection_init"}'
const END = '{"id":"end","type":"subscribe","payload":{"query":"{ feedHead { position } }"}}'

/** Messages of graphql-transport-ws, of both sides. */
function messagesOf({ cursors }: Lexicon): string[] {
  const subscribe = (payload: object, id = '1') => JSON.stringify({ id, type: 'subscribe', payload })
  const following = 'subscription($a: FeedCursor) { developments(after: $a) { cursor position } }'
  return [
    INIT,
    ...[
      '{"type":"ping"}',
      '{"type":"pong","payload":{}}',
      '{"type":"ping","payload":{"a":[1]}}',
      '{"type":"connection_ack"}',
    ],
    ...['{"id":"1","type":"complete"}', '{"id":"2","type":"complete"}', '{"id":"1","type":"next","payload":{}}'],
    ...['{"id":"1","type":"error","payload":[]}', '{"type":"connection_init","payload":{"authorization":"Bearer x"}}'],
    ...['{"type":"connection_init","payload":[]}', '{"type":"connection_init","payload":{"__proto__":{"a":1}}}'],
    subscribe({ query: '{ feedHead { position } }' }),
    subscribe({ query: '{ nope }' }),
    subscribe({ query: '{' }, '2'),
    subscribe({ query: following }),
    subscribe({ query: following, variables: { a: cursors[0] } }, '2'),
    subscribe({ query: following, variables: { a: 'x' } }),
    subscribe({ query: 'subscription { developments(last: 3) { cursor } }', operationName: 'X' }),
    subscribe({ query: '{__typename}', variables: [], operationName: 3, extensions: 'x' }),
    subscribe({ query: 'query A {__typename} query B {__typename}', operationName: 'C' }, 'é'.repeat(300)),
    subscribe({ query: 'mutation { retract(input: { development: "nothing", reason: "x" }) { __typename } }' }, '3'),
    subscribe({ query: `{ ${'a: __typename '.repeat(50)} }` }, ''),
  ]
}

/** Real WebSockets with frames that are right, wrong, fragmented, oversized, and messages that are out of order. */
export function frames(lexicon: Lexicon): Kind {
  const messages = messagesOf(lexicon)
  const cases = built(CHOICES, (dice, changes) => {
    const some = Array.from({ length: dice.roll(8) }, () => frameOf(messages, dice, changes)).flat()
    return { isGreeted: !dice.chance(15), frames: some }
  })
  return kindOf('frames', cases, async ({ port }, { isGreeted, frames: given }) => {
    const head = Buffer.from(`${handshake.join('\r\n')}\r\n\r\n`)
    const greeting = { bytes: Buffer.concat([head, frameBytes(whole(INIT))]), until: '"connection_ack"' }
    const rest = Buffer.concat([...given, whole(END)].map(frameBytes))
    const last = { bytes: isGreeted ? rest : Buffer.concat([head, rest]), until: '{"id":"end","type":"complete"}' }
    const { bytes } = await converse(port, isGreeted ? [greeting, last] : [last])
    return outcomeOf(bytes)
  })
}

function outcomeOf(bytes: Buffer): string[] {
  const start = bytes.indexOf('\r\n\r\n') + 4
  const head = bytes.subarray(0, start).toString()
  if (!head.startsWith('HTTP/1.1 101')) throw new Broken(`no handshake: ${bytes.toString().slice(0, 300)}`)
  const outcome: string[] = []
  const read = frameReader(
    (buffer, from, to) => {
      const text = buffer.toString('utf8', from, to)
      expectNothingInternal(text)
      outcome.push((JSON.parse(text) as { type: string }).type)
    },
    (opcode, payload) => {
      if (opcode !== opcodes.close) return
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      expectClose(code, payload.subarray(2).toString())
      outcome.push(`close ${code}`)
    },
  )
  const rest = bytes.subarray(start)
  try {
    read(rest, rest.length)
  } catch (error) {
    throw error instanceof Broken
      ? error
      : new Broken(`${(error as Error).message}: ${rest.toString('latin1').slice(0, 300)}`)
  }
  return outcome.length > 0 ? [outcome.at(-1) as string] : ['closed']
}

function whole(payload: string): Frame {
  return { flags: 8, opcode: opcodes.text, isMasked: true, lie: 0, payload, times: 1 }
}

/** One message in one frame or more. */
function frameOf(messages: readonly string[], dice: Dice, changes: Dice): Frame[] {
  const text = dice.pick(messages)
  switch (dice.roll(12)) {
    case 0:
    case 1:
    case 2:
      return [whole(text)]
    case 3:
    case 4:
    case 5:
      return [whole(mutated(text, changes, odd))]
    case 6:
      return [{ ...whole(text), flags: dice.roll(16), opcode: dice.roll(16), isMasked: !dice.chance(20) }]
    case 7:
      return [{ ...whole(text), lengthIn: dice.pick([7, 16, 64] as const), lie: dice.pick([0, 1, -1, 200, 1e6]) }]
    case 8: {
      // In pieces, at times with something in between that may or may not be there.
      const cut = dice.roll(text.length)
      const between = dice.pick([[], [{ ...whole('hello'), opcode: opcodes.ping }], [whole(text)]])
      const rest = { ...whole(text.slice(cut)), opcode: dice.pick([0, 0, 0, 1, 2]) }
      return [{ ...whole(text.slice(0, cut)), flags: 0 }, ...between, rest]
    }
    case 9:
      return [
        {
          ...whole(dice.pick(['', 'x', '\u0003\u00e8', '\u0003\u00e8reason', 'x'.repeat(126)])),
          opcode: dice.pick([8, 9, 10]),
        },
      ]
    case 10:
      return [{ ...whole(dice.pick(oddTexts)), times: dice.pick([1, 1, 30, 300]), opcode: dice.pick([1, 2]) }]
    default:
      // Longer than is taken, said so or in many pieces.
      return dice.chance(20)
        ? [{ ...whole('x'), times: 1_100_000 }]
        : [{ ...whole('x'), lengthIn: 64, lie: dice.pick([2 ** 21, 2 ** 40, 2 ** 53]) }]
  }
}
