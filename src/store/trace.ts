import { type Link, type Span, type SpanContext, SpanStatusCode, trace } from '@opentelemetry/api'
import { LRUCache } from 'lru-cache'

/** Of how many revisions it is remembered which transaction of this process wrote them. */
const MOST = 10_000
const tracer = trace.getTracer('parley')
// By their tags, which are random: they name a revision also where one process has several records open.
const writers = new LRUCache<string, SpanContext>({ max: MOST })

/** Runs a writing transaction as a span; does nothing more than run it while traces are sent nowhere. */
export function traceWriting<T>(work: (wrote: (tag: string) => void) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan('write', (span) => {
    let revisions = 0
    const wrote = (tag: string) => {
      revisions++
      if (span.isRecording()) writers.set(tag, span.spanContext())
    }
    return ending(span, () => work(wrote).finally(() => span.setAttribute('parley.revisions', revisions)))
  })
}

/**
 * Runs the making of what is sent of a revision as a span of a trace of its own, which links to the transaction that
 * wrote it: it is made for all followers of a group, and by whichever of them came first.
 */
export function traceDelivery<T>(
  { position, tag }: { position: number; tag: string },
  work: () => Promise<T>,
): Promise<T> {
  const writer = writers.get(tag)
  const links: Link[] = writer === undefined ? [] : [{ context: writer }]
  const attributes = { 'parley.position': position }
  return tracer.startActiveSpan('deliver', { root: true, links, attributes }, (span) => ending(span, work))
}

async function ending<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // What it says may hold what was sent.
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name })
    throw error
  } finally {
    span.end()
  }
}
