import { setTimeout as passed, setImmediate as turn } from 'node:timers/promises'
import type { Pool } from '../store/database.ts'
import type { Author } from '../store/pen.ts'
import { type Pen, write } from '../store/pen.ts'
import type { Accepted } from './accepted.ts'
import type { Dispatch } from './contract.ts'
import { type ExportMark, exportMark } from './contractCopy.ts'
import type { ProcessDocument } from './contractIdentity.ts'
import { acceptDeskDocument, deskMembers, readDeskDocument } from './deskDocument.ts'
import { acceptGroup, introduces, readDispatch } from './dispatch.ts'
import { takeDispatch } from './held.ts'
import { type Prepared, prepare } from './prepare.ts'
import { acceptProcess, readProcess } from './process.ts'
import type { Found, Source } from './reader.ts'
import { type Problem, Refusal, readBy } from './refusal.ts'

/** What became of one document, once that is settled: in the record for good, held until its embargo ends, or refused. */
export type Outcome = { readonly source: Source } & (
  | { readonly accepted: Accepted }
  | { readonly process: { readonly isNew: boolean } }
  | { readonly desk: { readonly isNew: boolean } }
  | { readonly mark: ExportMark['export'] }
  | { readonly problems: readonly Problem[] }
)

/** A batch that failed for another reason than its content; nothing of it is in the record, unless that is in doubt. */
export class BatchFailure extends Error {
  override readonly name = 'BatchFailure'
  /** The document at which it happened, or the last one of the batch. */
  readonly source: Source
  readonly documents: number
  /** Its commit was under way when the connection was lost: all of it may be in the record, or nothing. */
  readonly isInDoubt: boolean

  constructor(source: Source, documents: number, cause: Error, isInDoubt: boolean) {
    super(cause.message, { cause })
    this.source = source
    this.documents = documents
    this.isInDoubt = isInDoubt
  }
}

export interface BatchOptions {
  readonly pool: Pool
  readonly now: () => Date
  /** Who is to be named in the audit trail. */
  readonly author: Author
  /** Told of every document, in the order of arrival, when its batch is committed. */
  readonly onOutcome: (outcome: Outcome) => void
  /** Ends the work after the running batch. */
  readonly signal?: AbortSignal
  /** Documents a transaction; 100 unless told. */
  readonly size?: number
}

const SIZE = 100
// A transaction holds the pen: one for too much text would keep every other writer waiting. This much is written in
// half a second.
const MAX_BYTES = 1024 * 1024
// A stream that pauses should not keep back what it has already sent.
const PATIENCE = 250

/**
 * Takes documents into the record, many in a transaction: each is taken whole or refused alone. While PostgreSQL writes
 * one batch, the next is read and checked.
 * @throws BatchFailure when a transaction fails; what earlier ones committed stays
 */
export async function ingestDocuments(documents: AsyncIterable<Found>, options: BatchOptions): Promise<void> {
  const { onOutcome, signal, size = SIZE } = options
  const take = async (batch: readonly Checked[]) => {
    for (const outcome of await takeBatch(batch, options)) onOutcome(outcome)
  }
  const batches = inBatches(documents, size)
  let taking = Promise.resolve()
  try {
    for (;;) {
      const reading = batches.next()
      // A failure is told at once, also where the source is silent.
      const next = await Promise.race([reading, taking.then(() => (signal?.aborted ? undefined : reading))])
      await taking
      if (next === undefined || next.done || signal?.aborted) return
      taking = take(next.value)
    }
  } finally {
    await taking.catch(() => {})
    // Not waited for: a source that is just silent would hold us.
    void batches.return(undefined)
  }
}

async function* inBatches(documents: AsyncIterable<Found>, size: number): AsyncGenerator<Checked[]> {
  const iterator = documents[Symbol.asyncIterator]()
  let batch: Checked[] = []
  let bytes = 0
  try {
    for (let next = iterator.next(); ; ) {
      const result = batch.length === 0 ? await next : await soon(next)
      if (result !== undefined && !result.done) {
        batch.push(checked(result.value))
        bytes += result.value.bytes
        // PostgreSQL's answers to the batch before are not kept waiting either.
        await turn()
        next = iterator.next()
        if (batch.length < size && bytes < MAX_BYTES) continue
      }
      if (batch.length > 0) yield batch
      if (result?.done) return
      batch = []
      bytes = 0
    }
  } finally {
    // Not waited for: a source that is just silent would hold us.
    void iterator.return?.()
  }
}

async function soon<T>(next: Promise<T>): Promise<T | undefined> {
  const waiting = new AbortController()
  const patience = passed(PATIENCE, undefined, { signal: waiting.signal }).catch(() => undefined)
  try {
    return await Promise.race([next, patience])
  } finally {
    waiting.abort()
  }
}

type Checked = { readonly source: Source } & (
  | { readonly problems: readonly Problem[] }
  | { readonly prepared: Prepared }
  | { readonly take: (pen: Pen) => Promise<Outcome> }
)

/** Everything that can be done without the record, before the pen is taken. */
function checked(found: Found): Checked {
  const { source } = found
  if ('problem' in found) return { source, problems: [found.problem] }
  try {
    if (hasObject(found.document, 'export')) {
      const { export: mark } = readBy(exportMark, found.document)
      return { source, take: async () => ({ source, mark }) }
    }
    if (deskMembers.some((member) => hasObject(found.document, member))) {
      const document = readDeskDocument(found.document)
      return { source, take: async (pen) => ({ source, desk: { isNew: await acceptDeskDocument(pen, document) } }) }
    }
    if (hasObject(found.document, 'process')) {
      const document: ProcessDocument = readProcess(found.document)
      return { source, take: async (pen) => ({ source, process: { isNew: await acceptProcess(pen, document) } }) }
    }
    const dispatch: Dispatch = readDispatch(found.document)
    const isAlone = introduces(dispatch) || dispatch.embargoUntil !== undefined
    if (!isAlone) return { source, prepared: prepare(dispatch) }
    return { source, take: async (pen) => ({ source, accepted: await takeDispatch(pen, dispatch) }) }
  } catch (error) {
    if (error instanceof Refusal) return { source, problems: error.problems }
    throw error
  }
}

/** What kind of document it is: a dispatch names its process, and has none of these. */
function hasObject(document: unknown, member: string): boolean {
  if (typeof document !== 'object' || document === null || !Object.hasOwn(document, member)) return false
  return typeof (document as Record<string, unknown>)[member] === 'object'
}

async function takeBatch(batch: readonly Checked[], { pool, now, author }: BatchOptions): Promise<Outcome[]> {
  let at = batch.at(-1)?.source as Source
  let isCommitting = false
  const attend = (source: Source) => {
    at = source
  }
  const takeAll = async (pen: Pen) => {
    const outcomes: Outcome[] = []
    for (let i = 0; i < batch.length; ) {
      const document = batch[i] as Checked
      const group = together(batch, i)
      if ('problems' in document) outcomes.push(document)
      else if ('take' in document) outcomes.push(await takeOne(pen, document, attend))
      else outcomes.push(...(await takeGroup(pen, group, attend)))
      i += Math.max(1, group.length)
    }
    isCommitting = true
    return outcomes
  }
  try {
    return await write(pool, { now: now(), author }, takeAll)
  } catch (error) {
    // What PostgreSQL has answered itself has a severity: then it knows, and has committed nothing.
    const isAnswered = 'severity' in (error as Error)
    throw new BatchFailure(at, batch.length, error as Error, isCommitting && !isAnswered)
  }
}

type Together = Extract<Checked, { prepared: unknown }>

/** The documents from one on that can be taken in a group. */
function together(batch: readonly Checked[], from: number): Together[] {
  const group: Together[] = []
  for (let next = batch[from]; next !== undefined && 'prepared' in next; next = batch[from + group.length]) {
    group.push(next)
  }
  return group
}

/** Takes dispatches as a group; should one of them fail for another reason than its content, one by one, to tell which. */
async function takeGroup(pen: Pen, group: readonly Together[], attend: (source: Source) => void): Promise<Outcome[]> {
  attend((group.at(-1) as Together).source)
  try {
    const taken = await pen.attempt(() =>
      acceptGroup(
        pen,
        group.map(({ prepared }) => prepared),
      ),
    )
    return taken.map((outcome, i) => {
      const { source } = group[i] as Together
      return outcome instanceof Refusal ? { source, problems: outcome.problems } : { source, accepted: outcome }
    })
  } catch (error) {
    if (group.length === 1 || !('severity' in (error as Error))) throw error
  }
  const outcomes: Outcome[] = []
  for (const one of group) outcomes.push(...(await takeGroup(pen, [one], attend)))
  return outcomes
}

type Alone = Extract<Checked, { take: unknown }>

async function takeOne(pen: Pen, { source, take }: Alone, attend: (source: Source) => void): Promise<Outcome> {
  attend(source)
  try {
    return await pen.attempt(() => take(pen))
  } catch (error) {
    if (error instanceof Refusal) return { source, problems: error.problems }
    throw error
  }
}
