import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql'
import { createYoga, isAsyncIterable, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import type { Message } from '../feed/message.ts'
import type { Viewer } from '../feed/viewer.ts'
import type { Context, Services } from '../schema/context.ts'
import { readDocument, validation } from '../schema/documentLimits.ts'
import { failed } from '../schema/operate.ts'
import { schema } from '../schema/schema.ts'
import { type Admit, type Asker, unauthenticated } from './admit.ts'
import { maskedWithHttp, type Told } from './answer.ts'
import { answerHead, isUnchanged } from './answerHead.ts'
import type { Answered, Answers } from './answers.ts'
import { documentIdIn, type FindDocument } from './documents.ts'
import { followAsEvents } from './eventStream.ts'
import { LIVE_PATH } from './health.ts'
import type { Operated } from './metrics.ts'
import { refusedParameters } from './parameters.ts'
import { parked } from './parked.ts'
import type { Quota } from './quota.ts'
import type { Sent } from './requests.ts'
import { refusalIn, type Taken, take } from './subscription.ts'
import { watched } from './watched.ts'

/** What the transports put beside the services: request and response of HTTP, or who is on a WebSocket. */
export interface Carried {
  readonly res?: ServerResponse
  readonly sent?: Sent | undefined
  readonly req: IncomingMessage
  /** Who is on the WebSocket that an operation came by. */
  readonly asker?: Asker
}

type Operation = ExecutionArgs & {
  readonly contextValue: Context & Carried & Pick<Asker, 'who'> & { readonly request: Request }
}
export type GraphQLServer = YogaServerInstance<Carried, Services>

export interface GraphQLOptions extends Told {
  /** Told of every operation that was executed. */
  readonly operated: (operated: Operated) => void
  /** How long a follower has to take its last message and to go, in milliseconds. */
  readonly drainMs: number
  readonly admit: Admit
  readonly quota: Quota
  /** Undefined: any document is taken. */
  readonly findDocument: FindDocument | undefined
}

/**
 * How many letters of documents are remembered as read, and of those that could not be: a letter can be a hundred bytes
 * when it is read, and anybody may send as many as there is time for.
 */
const MOST_LETTERS = { documentCache: 1024 * 1024, errorCache: 64 * 1024 }

/** The media types whose bodies are an answer as it is. */
const PLAIN = /^application\/(graphql-response\+)?json\b/
const BEFORE = Buffer.from('event: next\ndata: ')
const AFTER = Buffer.from('\n\n')
/** graphql-sse's distinct connections mode. */
const nextEvent = ({ bytes }: Message): Buffer => Buffer.concat([BEFORE, bytes, AFTER])

/**
 * The GraphQL endpoint: HTTP and SSE by Yoga, and what the WebSocket needs of it. A subscription by SSE is Yoga's until
 * it is taken; its items go straight to the response.
 */
export function createGraphQL(
  services: Services,
  answers: Answers,
  { drainMs, admit, quota, findDocument, ...told }: GraphQLOptions,
): GraphQLServer {
  const validate = validation({ hidesSchema: services.hidesSchema === true })
  const viewers = new WeakMap<Request, Viewer>()
  const streams = new WeakMap<Request, Taken & { readonly viewer: Viewer; readonly address: string }>()
  const given = new WeakMap<Request, NonNullable<Answered['kept']>>()
  const execution: Plugin<Context, Carried> = {
    async onParams({ params, setParams, context }) {
      if (findDocument === undefined) return
      const { req } = context as unknown as Carried
      const asker = await admit(req)
      if (asker === null) throw unauthenticated()
      const sent = { documentId: documentIdIn(req), ...params }
      setParams({ ...params, query: findDocument(sent, asker.scope) })
    },
    onParse: ({ setParseFn }) => setParseFn(readDocument),
    onValidate: ({ setValidationFn }) => setValidationFn(validate),
    onExecute: ({ setExecuteFn }) =>
      setExecuteFn(async (args) => {
        try {
          if (isMutation(args)) quota.count('writes', (args as Operation).contextValue.who)
        } catch (error) {
          return failed(error)
        }
        const answering = () => answers.answer(args as Operation)
        const { result, kept } = await watched(args, told, answering, (answered) => answered.result)
        const { request, res } = (args as Operation).contextValue
        if (kept !== undefined && res !== undefined) given.set(request, kept)
        return result
      }),
    onSubscribe: ({ setSubscribeFn }) =>
      setSubscribeFn(async (args): Promise<ExecutionResult | AsyncIterable<never>> => {
        const { request, res, who, author } = (args as Operation).contextValue
        try {
          const leave = quota.subscribe(who)
          if (res === undefined || res.destroyed) leave()
          else res.once('close', leave)
        } catch (error) {
          return failed(error)
        }
        const taking = () => take(args as Operation, told)
        const taken = await watched(args, told, taking, refusalIn)
        if (taken.subscription === undefined) return taken
        streams.set(request, { ...taken, viewer: viewers.get(request) as Viewer, address: author.address })
        // For Yoga it is a stream; it is never read.
        return parked(() => () => {})
      }),
    onResultProcess({ request, result, resultProcessor, serverContext, setResult, setResultProcessor }) {
      const kept = given.get(request)
      if (kept !== undefined) return setResult({ ...result, stringify: () => kept.answer.bytes.toString() })
      const { res, req } = serverContext as Carried
      if (!isAsyncIterable(result)) setResult(maskedWithHttp(result as ExecutionResult, told, req))
      const stream = streams.get(request)
      // Without a processor the client takes no event stream, and is told so.
      if (stream === undefined || res === undefined || resultProcessor === undefined) return
      const { after, subscription, viewer, address } = stream
      const peer = { transport: 'SSE', address } as const
      const options = { subscription, viewer, after, peer, toEvent: nextEvent, graceMs: drainMs }
      setResultProcessor((_result, { Response, ReadableStream }) => {
        // Read when the head of the response is written, and never again: what follows is written beside it.
        const body = new ReadableStream({
          pull() {
            followAsEvents(services.feed, res, options)
            return new Promise<void>(() => {})
          },
        })
        return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } })
      }, 'text/event-stream')
    },
    onResponse({ request, response, serverContext, setResponse, fetchAPI }) {
      const kept = given.get(request)
      const contentType = response.headers.get('content-type') ?? ''
      // As an event stream, say, it has the same answer in it, but not these bytes.
      if (kept === undefined || response.status !== 200 || !PLAIN.test(contentType)) return
      serverContext.sent?.learn({ question: kept.question, contentType })
      const { answer } = kept
      const head = answerHead(request.method, answer)
      for (const [name, value] of Object.entries(head)) response.headers.set(name, value)
      if (isUnchanged(request.method, request.headers.get('if-none-match') ?? undefined, answer))
        setResponse(new fetchAPI.Response(null, { status: 304, headers: head }))
    },
  }
  return createYoga<Carried, Services>({
    schema,
    context: async ({ request, req, asker: known }) => {
      const asker = known ?? (await admit(req))
      if (asker === null) throw unauthenticated()
      const { viewer, scope, author, who } = asker
      viewers.set(request, viewer)
      return { ...services, scope, author, who }
    },
    plugins: [refusedParameters, execution as Plugin],
    graphqlEndpoint: '/graphql',
    healthCheckEndpoint: LIVE_PATH,
    landingPage: false,
    // Which pages may ask is seen to at the door, for all transports.
    cors: false,
    batching: false,
    extraParamNames: findDocument ? ['documentId'] : [],
    parserAndValidationCache: { documentCache: lettersKept('documentCache'), errorCache: lettersKept('errorCache') },
    // Served apart: Yoga would send all of its nine megabytes at every visit.
    graphiql: false,
    // They are masked where the request is known.
    maskedErrors: false,
    logging: { debug: () => {}, info: () => {}, warn: () => {}, error: told.log },
  })
}

function isMutation({ document, operationName }: ExecutionArgs): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION
}

function lettersKept<Value extends object>(cache: keyof typeof MOST_LETTERS): LRUCache<string, Value> {
  return new LRUCache<string, Value>({
    maxSize: MOST_LETTERS[cache],
    sizeCalculation: (_value, text) => text.length + 1,
  })
}
