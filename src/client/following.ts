import { makeBuffer } from './buffer.ts'
import { type Connection, type Ending, openConnection } from './connection.ts'
import type { ConnectOptions } from './connectOptions.ts'
import { type Frame, type Place, receive } from './contiguity.ts'
import { delayMs, RETRY, type Wait, wait } from './delay.ts'
import { type AnsweredError, FollowRefused, isPassing } from './refused.ts'
import { socketImpl } from './socket.ts'
import { keepState, type State } from './state.ts'
import type { Answer, Subscription } from './subscription.ts'

/** What was delivered, and that nothing is missing in it. Positions are the feed's. */
export interface Contiguity {
  /** Where following began; null before the server has said so. */
  readonly from: number | null
  /** Every match after `from`, up to this one, was delivered and dealt with, once and in order. */
  readonly upTo: number | null
  /** The end of the feed as the server last told it. */
  readonly head: number | null
  /** How often something was missing on the way here. Each time it was asked for again, before anything after it. */
  readonly gaps: number
  /** How many changes came twice, and were delivered once. */
  readonly duplicates: number
}

/** Following, whatever the form of what is delivered. */
export interface Following {
  /** Up to where everything was dealt with. */
  readonly cursor: string | null
  readonly state: State
  readonly contiguity: Contiguity
  /** Settles the change before, and waits for the next one. Undefined when it is over. Rejects with why it cannot go on. */
  next(): Promise<Frame | undefined>
  close(): Promise<void>
}

/** A client that does not keep to the protocol is not mended by waiting, only by another server or proxy in its way. */
const PATIENT = new Set([1009, 4400, 4401, 4406, 4409, 4429])

/** Follows a subscription over as many connections as it takes. */
export function following(
  subscription: Subscription,
  options: ConnectOptions,
  after: string | null,
  onCursor: (cursor: string) => void = () => {},
): Following {
  const { url, connectionParams, silenceMs = 30_000, bufferSize = 1000 } = options
  const retry = { ...RETRY, ...options.retry }
  const impl = socketImpl(options.webSocketImpl)
  const received = receive()
  const buffer = makeBuffer(bufferSize)
  let dealt: Place | null = null
  let inHand: Place | null = null
  let head: number | null = null
  let connection: Connection | undefined
  let gone: Promise<unknown> = Promise.resolve()
  let waiting: Wait | undefined
  let failures = 0
  let failure: Error | undefined
  let isClosed = false
  let wake = () => {}
  const behind = () => (head === null || dealt === null ? null : Math.max(0, head - dealt.position))
  const state = keepState(() => ({ head, behind: behind() }), options.onState)

  /** Takes what comes over a connection. What it returns ends that connection. */
  function take(answer: Answer, by: object): Ending | undefined {
    const frame = subscription.read(answer)
    if (frame === undefined)
      return answer.errors ? { how: 'answered', errors: answer.errors } : broken('An answer held nothing.')
    const found = received.take(frame)
    if (found === 'missing') return broken(`Something before position ${frame.position} did not come.`)
    head = Math.max(head ?? 0, frame.position, frame.status?.headPosition ?? 0)
    if (found === 'known') return undefined
    const told = frame.status?.state
    // A heartbeat at the head says the same.
    const isCaughtUp = told === 'CAUGHT_UP' || (told === 'HEARTBEAT' && frame.position === frame.status?.headPosition)
    if (told === 'OPENED') state.enter('replaying')
    if (told === undefined || isCaughtUp) failures = 0
    buffer.add({ frame, caughtUpBy: isCaughtUp ? by : null })
    wake()
    if (told === 'CLOSING') return broken('The server goes (CLOSING).')
    if (told === 'LAGGED') return broken('The server says that this client takes nothing (LAGGED).', told)
    return buffer.isFull ? { how: 'ended' } : undefined
  }

  async function connect(): Promise<Ending> {
    let address: string
    try {
      address = typeof url === 'function' ? await url() : url
    } catch (error) {
      return { how: 'broken', error: asError(error) }
    }
    if (isClosed) return { how: 'ended' }
    received.reopen()
    const made: Connection = openConnection({
      url: address,
      impl,
      connectionParams: async () => (typeof connectionParams === 'function' ? connectionParams() : connectionParams),
      request: subscription.request(received.last?.cursor),
      silenceMs,
      take: (answer) => take(answer, made),
    })
    connection = made
    gone = Promise.all([gone, made.gone])
    const ending = await made.ended
    connection = undefined
    return ending
  }

  async function run(): Promise<void> {
    let isHeldUp = false
    while (!isClosed) {
      if (isHeldUp || buffer.isFull) {
        // What else came over the connection before is asked for again when there is room for it.
        state.enter('lagging')
        await buffer.roomy()
        if (isClosed) return
      }
      state.enter('connecting')
      const ending = await connect()
      if (isClosed) return
      isHeldUp = ending.how === 'ended'
      if (ending.how === 'ended') continue
      if (ending.how === 'answered' && !isPassing(ending.errors)) return fail(new FollowRefused(ending.errors))
      const error = ending.how === 'broken' ? ending.error : new Error(messageOf(ending.errors))
      const isPatient = ending.how === 'broken' && PATIENT.has(ending.code ?? 0)
      failures++
      const ms = delayMs(isPatient ? Number.POSITIVE_INFINITY : failures, retry)
      waiting = wait(ms)
      if (ending.how === 'broken' && ending.reason === 'LAGGED') state.lag(error)
      else state.goOffline(error, new Date(Date.now() + ms))
      await waiting.over
    }
  }

  function fail(error: Error) {
    failure = error
    end(error)
    wake()
  }

  function end(error?: Error) {
    waiting?.end()
    connection?.end({ how: 'ended' })
    if (error) state.failed(error)
    state.enter('closed')
  }

  function settle(place: Place | null) {
    if (place === null || (dealt !== null && place.position <= dealt.position)) return
    dealt = { cursor: place.cursor, position: place.position }
    onCursor(place.cursor)
  }

  async function next(): Promise<Frame | undefined> {
    settle(inHand)
    inHand = null
    for (;;) {
      const waiting = isClosed ? undefined : buffer.take()
      if (waiting?.frame.status === null) {
        inHand = waiting.frame
        return waiting.frame
      }
      if (waiting) {
        settle(waiting.frame)
        // Only now has the consumer had everything; and only if that connection is still there.
        if (waiting.caughtUpBy !== null && waiting.caughtUpBy === connection) state.enter('live')
      } else if (isClosed) {
        return undefined
      } else if (failure) {
        isClosed = true
        throw failure
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  }

  run().catch((error) => fail(asError(error)))
  return {
    get cursor() {
      return dealt?.cursor ?? after
    },
    get state() {
      return state.now()
    },
    get contiguity() {
      const { from, gaps, duplicates } = received
      return { from, upTo: dealt?.position ?? from, head, gaps, duplicates }
    },
    next,
    async close() {
      if (!isClosed) {
        isClosed = true
        end()
        buffer.clear()
        wake()
      }
      await gone
    },
  }
}

const broken = (what: string, reason?: string): Ending => ({ how: 'broken', error: new Error(what), reason })
const messageOf = (errors: readonly AnsweredError[]) => errors.map(({ message }) => message).join('\n')
const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)))
