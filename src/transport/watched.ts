import { SpanStatusCode, trace } from '@opentelemetry/api'
import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql'
import { isFailure } from './answer.ts'
import type { Operated, Outcome } from './metrics.ts'

const tracer = trace.getTracer('parley')
/** How much of an operation's name, which whoever asks chooses, goes into a trace. */
const LONGEST_NAME = 100

/**
 * Runs an operation, and tells how long it took, what it cost and how it ended; where traces are sent, it is a span.
 * `resultOf` finds the result in what `work` gives; undefined: it went well.
 */
export async function watched<Given>(
  { document, operationName }: Pick<ExecutionArgs, 'document' | 'operationName'>,
  { operated }: { readonly operated: (operated: Operated) => void },
  work: () => Promise<Given>,
  resultOf: (given: Given) => ExecutionResult | undefined,
): Promise<Given> {
  const operation = getOperationAST(document, operationName)
  const type = operation?.operation ?? 'none'
  const begun = performance.now()
  const name = operation?.name?.value.slice(0, LONGEST_NAME)
  const attributes = { 'graphql.operation.type': type, ...(name && { 'graphql.operation.name': name }) }
  return tracer.startActiveSpan(type, { attributes }, async (span) => {
    let outcome: Outcome = 'failed'
    let cost: number | undefined
    try {
      const given = await work()
      const result = resultOf(given)
      outcome = outcomeOf(result)
      cost = (result?.extensions?.cost as { requested: number } | undefined)?.requested
      return given
    } finally {
      operated({ type, outcome, seconds: (performance.now() - begun) / 1000, cost })
      span.setAttribute('parley.outcome', outcome)
      if (cost !== undefined) span.setAttribute('parley.cost', cost)
      if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    }
  })
}

function outcomeOf(result: ExecutionResult | undefined): Outcome {
  if (result?.errors === undefined) return 'ok'
  return result.errors.some(isFailure) ? 'failed' : 'refused'
}
