import { dispatch as contract } from '../ingest/contract.ts'
import { readDispatch } from '../ingest/dispatch.ts'
import { discardHeld, editHeld, releaseHeld } from '../ingest/held.ts'
import type { Problem } from '../ingest/refusal.ts'
import { type HeldPlace, type HeldRow, type HeldStanding, listHeld } from '../store/held.ts'
import { type Pen, write } from '../store/pen.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { contractInput, contractValue } from './contractInput.ts'
import { AcceptedRef, ProblemRef } from './ingest.ts'
import { MendedRef, mend, mendingErrors } from './mending.ts'
import { pageSize } from './page.ts'
import { badInput } from './refused.ts'

/** What a preview costs: it is the whole work, and holds the pen meanwhile. */
const PREVIEW = 500

const HeldStandingRef = codes<HeldStanding>('HeldStanding', 'What has become of a dispatch under an embargo.', {
  HELD: 'It waits for its moment.',
  REFUSED:
    'It was due, and the record could not take it by then: edit it, release it once the record can, or discard it.',
  RELEASED: 'It is in the record.',
  DISCARDED: 'It never comes in, however often it is sent again, unless the desk releases it after all.',
})

const turns = new WeakMap<Context, Promise<unknown>>()

/** Previews of one operation take turns: each waits for the pen, with a connection that others need. */
function inTurn<Result>(context: Context, work: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(context) ?? Promise.resolve()).then(work, work)
  turns.set(context, turn)
  return turn
}

const HeldDispatchRef = builder.objectRef<HeldRow>('HeldDispatch').implement({
  description:
    'A dispatch under an embargo. It is no part of the record: it has no position, and what it tells or introduces is found nowhere else. It stays in this list when it has ended.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'sha256 of its content as it was first held: its name for good.' }),
    dispatch: t.exposeString('dispatchId', {
      description:
        'sha256 of its content now, as `Accepted.dispatch` will have it: another one than `id` once it was edited.',
    }),
    report: t.exposeString('reportId', { description: 'The report that it is, by its id.' }),
    embargoUntil: t.expose('embargoUntil', { type: 'DateTime', description: 'Until when it is held.' }),
    standing: t.expose('standing', { type: HeldStandingRef, description: 'What has become of it.' }),
    heldAt: t.expose('heldAt', { type: 'DateTime', description: 'When it came in.' }),
    by: t.exposeString('heldBy', { description: 'Who sent it, as the audit trail calls it.' }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the desk last edited or postponed it: since then sending it again changes nothing. Null: never.',
    }),
    editedBy: t.exposeString('editedBy', { nullable: true, description: 'Who did; null: nobody.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was released or discarded; null: it was not.',
    }),
    endedBy: t.exposeString('endedBy', {
      nullable: true,
      description: 'Who released or discarded it; of one whose moment came, who had sent it.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was discarded; null: it was not.' }),
    problems: t.field({
      type: [ProblemRef],
      description: 'Why the record refused it when it was due; empty: it did not.',
      resolve: ({ problems }) => [...((problems ?? []) as readonly Problem[])],
    }),
    body: t.expose('body', { type: 'JSON', description: 'What it says: the dispatch, as it would stand in a file.' }),
    preview: t.field({
      type: MendedRef,
      description:
        'What releasing it now would write, or why the record would refuse it: it is done, told, and taken back.',
      extensions: { weight: PREVIEW },
      errors: mendingErrors('HeldPreview', 'What releasing a held dispatch would do now.'),
      resolve: ({ id, standing }, _args, context) =>
        inTurn(context, () =>
          mend(context, true, async (pen) => {
            if (standing !== 'RELEASED') await releaseHeld(pen, id)
          }),
        ),
    }),
  }),
})

function writePlace({ embargoUntil, id }: HeldPlace): string {
  return Buffer.from(`held ${embargoUntil.toISOString()} ${id}`).toString('base64url')
}

function readPlace(text: string): HeldPlace {
  const [, until = '', id = ''] =
    /^held (\d{4}-\d\d-\d\dT[\d:.]{12}Z) ([0-9a-f]{64})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  const embargoUntil = new Date(until)
  if (Number.isNaN(embargoUntil.getTime())) throw badInput('after', 'must be a cursor that this list gave out', text)
  return { embargoUntil, id }
}

builder.queryField('heldDispatches', (t) =>
  t.connection(
    {
      type: HeldDispatchRef,
      description:
        'Dispatches under an embargo, the one that is due first at the head. Takes the role DESK: `{ heldDispatches { nodes { id report embargoUntil standing problems { message } preview { ... on Mended { revisions { ref action headline } } ... on Refusal { message } } } } }`.',
      authScopes: { edit: true },
      // They come and go without the feed.
      extensions: { isKept: false },
      args: {
        ended: t.arg.boolean({ defaultValue: false, description: 'Also those that were released or discarded.' }),
      },
      resolve: async (_root, args, { database }) => {
        const { limit, backwards } = pageSize(args)
        if (backwards || args.before != null)
          throw badInput('last', 'must be left out: the list is read from what is due first', args.last ?? args.before)
        const after = args.after == null ? null : readPlace(args.after)
        const rows = await listHeld(database.pool, { after, limit: limit + 1, ended: args.ended ?? false })
        const edges = rows.slice(0, limit).map((node) => ({ node, cursor: writePlace(node) }))
        return {
          edges,
          pageInfo: {
            hasNextPage: rows.length > limit,
            hasPreviousPage: after !== null,
            startCursor: edges[0]?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
          },
        }
      },
    },
    { name: 'HeldDispatchConnection', description: 'One page of the dispatches under an embargo.' },
    { name: 'HeldDispatchEdge', description: 'A dispatch under an embargo, and its place in the list.' },
  ),
)

const DispatchInput = contractInput(contract)
const heldId = builder.args((t) => ({ id: t.id({ required: true, description: 'Which one, by its id.' }) }))
const result = (name: string, what: string) => mendingErrors(name, `What became of ${what}.`)

function change<Result>({ database, now, author }: Context, work: (pen: Pen) => Promise<Result>): Promise<Result> {
  return write(database.pool, { now: now(), author }, work)
}

builder.mutationFields((t) => ({
  releaseHeld: t.field({
    type: AcceptedRef,
    description:
      'Takes a dispatch that is held into the record now. Also one that the record refused when it was due, or that was discarded.',
    args: heldId,
    authScopes: { edit: true },
    errors: result('ReleaseHeldResult', 'releasing a dispatch'),
    resolve: (_root, { id }, context) => change(context, (pen) => releaseHeld(pen, id)),
  }),
  editHeld: t.field({
    type: HeldDispatchRef,
    description:
      'Puts another content in the place of a dispatch that is held, and another moment if it has `embargoUntil`; checked as at first. One that the record refused is held again, and is taken in at once if its moment is past. From then on only the desk changes it.',
    args: {
      ...heldId,
      dispatch: t.arg({ type: DispatchInput, required: true, description: 'All that it is to say.' }),
    },
    authScopes: { edit: true },
    errors: result('EditHeldResult', 'editing a dispatch that is held'),
    resolve: (_root, { id, dispatch }, context) => {
      const sent = readDispatch(contractValue(dispatch))
      return change(context, (pen) => editHeld(pen, id, { dispatch: sent }))
    },
  }),
  postponeHeld: t.field({
    type: HeldDispatchRef,
    description:
      'Gives a dispatch that is held another moment, later or sooner. From then on only the desk changes it.',
    args: {
      ...heldId,
      until: t.arg({ type: 'DateTime', required: true, description: 'Until when it is held: a moment ahead.' }),
    },
    authScopes: { edit: true },
    errors: result('PostponeHeldResult', 'giving a dispatch another moment'),
    resolve: (_root, { id, until }, context) => change(context, (pen) => editHeld(pen, id, { embargoUntil: until })),
  }),
  discardHeld: t.field({
    type: HeldDispatchRef,
    description:
      'Never takes a dispatch that is held into the record, nor the same content when it is sent again. It stays in the list of those that have ended.',
    args: { ...heldId, reason: t.arg.string({ required: true, description: 'Why: the desk sees it.' }) },
    authScopes: { edit: true },
    errors: result('DiscardHeldResult', 'discarding a dispatch'),
    resolve: (_root, { id, reason }, context) => change(context, (pen) => discardHeld(pen, id, reason)),
  }),
}))
