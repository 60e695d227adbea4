import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { Question } from '../schema/question.ts'
import type { Admit } from './admit.ts'
import type { Told } from './answer.ts'
import { answerHead, isUnchanged } from './answerHead.ts'
import type { Answer, Answers } from './answers.ts'
import { requestIdOf } from './requestId.ts'

const MOST = { max: 10_000, maxSize: 16 * 1024 * 1024 }
/** The largest body that is looked at, in bytes: larger ones are dispatches. */
const LARGEST_BODY = 64 * 1024

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
 * only what was answered there is known. Who asks is asked anew.
 */
export function knownRequests(
  answers: Answers,
  admit: Admit,
  { otherwise, log }: { otherwise: Handle; log: Told['log'] },
): (request: IncomingMessage, response: ServerResponse) => void {
  const requests = new LRUCache<string, Known>({ ...MOST, sizeCalculation: (_known, text) => text.length })

  async function serve(text: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const known = requests.get(text)
    if (known !== undefined) {
      const asker = await admit(request)
      const answer = asker === null ? undefined : answers.find(known.question, asker.scope)
      if (answer !== undefined) return send(request, response, answer, known.contentType)
    }
    otherwise(request, response, { learn: (learnt) => requests.set(text, learnt) })
  }

  function handle(text: string, request: IncomingMessage, response: ServerResponse): void {
    serve(text, request, response).catch((error) => {
      log(error, requestIdOf(request))
      response.destroy()
    })
  }

  return (request, response) => {
    const { method, url, headers } = request
    const asked = `${method} ${url}\n${headers.accept}\n${headers['content-type']}\n`
    if (method === 'GET') handle(asked, request, response)
    else if (method === 'POST' && isSmall(request)) {
      readBody(request, (body) => {
        // Whoever comes next finds it read.
        Object.assign(request, { body })
        handle(asked + body.toString('latin1'), request, response)
      })
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

function isSmall({ headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'])
  return length > 0 && length <= LARGEST_BODY && headers['content-encoding'] === undefined
}

/** Reads the body; of a request that is given up before its end nothing is heard. */
function readBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
}
