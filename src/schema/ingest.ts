import type { Accepted } from '../ingest/accepted.ts'
import { dispatch as contract } from '../ingest/contract.ts'
import { readDispatch } from '../ingest/dispatch.ts'
import { lookThrough, takeDispatch } from '../ingest/held.ts'
import { type Problem, Refusal, sentence } from '../ingest/refusal.ts'
import { builder } from './builder.ts'
import { contractInput, contractValue } from './contractInput.ts'
import { doOrLook, type Looked, looked, previewArg } from './mending.ts'

export const ProblemRef = builder.objectRef<Problem>('Problem').implement({
  description: 'One reason why input is refused.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'Where: `developments[2].legs[0].count.best`; empty: the input as a whole.',
    }),
    rule: t.exposeString('rule', { description: 'Which rule, and what to do: "must be a number of at least 0".' }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'What stood there, as JSON, shortened; null: nothing.',
    }),
    message: t.string({ description: 'All of it in one sentence.', resolve: sentence }),
  }),
})

/** Input that was refused whole. */
export const RefusalRef = builder.objectType(Refusal, {
  name: 'Refusal',
  description: 'The input was refused whole: nothing of it is in the record, and the feed has not moved.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'Every problem, one sentence a line.' }),
    problems: t.field({
      type: [ProblemRef],
      description: 'Everything that is wrong with it.',
      resolve: ({ problems }) => [...problems],
    }),
  }),
})

export const AcceptedRef = builder.objectRef<Looked<Accepted>>('Accepted').implement({
  description: 'What became of a dispatch that was accepted.',
  fields: (t) => ({
    dispatch: t.exposeString('dispatch', { description: 'Its sha256: the same dispatch again is unchanged.' }),
    unchanged: t.exposeBoolean('unchanged', {
      description: 'This very dispatch was accepted before, or is held until that moment already: nothing was written.',
    }),
    heldUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'It is under an embargo: until then it is held outside the record, and only the desk sees it (`heldDispatches`). Null: it is in the record.',
      resolve: ({ heldUntil }) => heldUntil ?? null,
    }),
    created: t.exposeStringList('created', { description: 'Refs of developments that the record did not have.' }),
    amended: t.exposeStringList('amended', {
      description: 'Refs of developments that gained evidence; of what was merged or split, of those that hold it now.',
    }),
    withheld: t.exposeStringList('withheld', {
      description:
        'Refs of developments that are retracted, or told by nothing but retracted reports: the evidence is kept, and joins if they come back.',
    }),
    revisions: t.exposeInt('revisions', { description: 'How many revisions were written, or would be.' }),
    preview: t.field({
      ...looked,
      description:
        'What would have been written; of what would be held, what its release would write now. Null: no preview was asked for.',
    }),
  }),
})

const DispatchInput = contractInput(contract)

builder.mutationField('ingest', (t) =>
  t.field({
    type: AcceptedRef,
    description:
      'Takes one report and the developments that it supports into the record: all of it or nothing. Nothing is overwritten; a value that differs becomes a claim beside the standing one. With `embargoUntil` it is checked now and taken in then: `mutation { ingest(dispatch: { process: "armenia-azerbaijan", embargoUntil: "2030-01-01T18:00:00+04:00", report: { id: "speech-2030-01-01", published: { earliest: "2030-01-01", latest: "2030-01-01", precision: DAY } }, developments: [{ statement: { ref: "speech", headline: "A speech", act: ANNOUNCE, citations: [{ locator: "lead" }] } }] }) { ... on Accepted { heldUntil } ... on Refusal { message } } }`.',
    args: {
      dispatch: t.arg({ type: DispatchInput, required: true, description: 'The dispatch.' }),
      ...previewArg,
    },
    errors: { types: [Refusal], union: { name: 'IngestResult', description: 'What became of a dispatch.' } },
    authScopes: { ingest: true },
    resolve: async (_root, { dispatch, preview }, context) => {
      const onIngest = preview ? undefined : context.onIngest
      try {
        const sent = readDispatch(contractValue(dispatch))
        const take = preview ? lookThrough : takeDispatch
        const accepted = await doOrLook(context, preview, (pen) => take(pen, sent))
        onIngest?.(accepted.unchanged ? 'unchanged' : accepted.heldUntil ? 'held' : 'accepted')
        return accepted
      } catch (error) {
        onIngest?.(error instanceof Refusal ? 'refused' : 'failed')
        throw error
      }
    },
  }),
)
