import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphQLError } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Question } from '../schema/question.ts'
import type { Admit } from './admit.ts'
import type { Told } from './answer.ts'
import { answerHead, isUnchanged } from './answerHead.ts'
import type { Answer, Answers } from './answers.ts'
import { readBody, refusedBody } from './body.ts'
import { refuse } from './refusal.ts'
import { requestIdOf } from './requestId.ts'

const MOST = { max: 10_000, maxSize: 16 * 1024 * 1024 }
/** The largest request that is remembered, in bytes: larger ones are dispatches. */
const LARGEST_KNOWN = 64 * 1024

/** What a request was found to ask, which holds for whoever sends the same. */
export interface Known {
  readonly question: Question
  readonly contentType: string
}

/** A request as it was sent: what decides how its answer looks, beside who sends it and what is in the record. */
export interface Sent {
  /** The request was answered as a query: from now on the same one is known. */
  learn(known: Known): void
}

/** Answers a request, or hands it on; `sent` is there where it can be known the next time. */
type Handle = (request: IncomingMessage, response: ServerResponse, sent: Sent | undefined) => void

/**
 * Answers requests that were seen before, to the letter, with bytes that are at hand: nothing is parsed, validated or
 * negotiated again. Which method, content type and `accept` are taken is decided where all others are answered; here
 * only what was answered there is known. Who asks is asked anew, of every request and before it is read what it asks:
 * whoever asks too often is refused, whatever it is.
 */
export function knownRequests(
  answers: Answers,
  admit: Admit,
  { otherwise, log, refused }: { otherwise: Handle } & Told,
): (request: IncomingMessage, response: ServerResponse) => void {
  const requests = new LRUCache<string, Known>({ ...MOST, sizeCalculation: (_known, text) => text.length })

  async function serve(text: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asker = await admit(request)
    const isLong = text.length > LARGEST_KNOWN
    const known = isLong ? undefined : requests.get(text)
    const answer = known && asker ? answers.find(known.question, asker.scope) : undefined
    if (known && answer) return send(request, response, answer, known.contentType)
    otherwise(request, response, isLong ? undefined : { learn: (learnt) => requests.set(text, learnt) })
  }

  function handle(text: string, request: IncomingMessage, response: ServerResponse): void {
    serve(text, request, response).catch((error) => {
      if (error instanceof GraphQLError) {
        refused(String(error.extensions.code))
        return refuse(response, error)
      }
      log(error, requestIdOf(request))
      response.destroy()
    })
  }

  return (request, response) => {
    const { method, url, headers } = request
    const asked = `${method} ${url}\n${headers.accept}\n${headers['content-type']}\n`
    if (method === 'GET') handle(asked, request, response)
    else if (method === 'POST') {
      const refused = refusedBody(request)
      if (refused !== undefined) return refuse(response, refused)
      const read = (body: Buffer) => {
        // Whoever comes next finds it read.
        Object.assign(request, { body })
        handle(asked + body.toString('latin1'), request, response)
      }
      readBody(request, read, (error) => refuse(response, error))
    } else otherwise(request, response, undefined)
  }
}

function send({ method, headers }: IncomingMessage, response: ServerResponse, answer: Answer, contentType: string) {
  const head = answerHead(method, answer)
  if (isUnchanged(method, headers['if-none-match'], answer)) {
    response.writeHead(304, head).end()
    return
  }
  const length = answer.bytes.byteLength
  response.writeHead(200, { 'content-type': contentType, 'content-length': length, ...head }).end(answer.bytes)
}
