import { listAccusations, type Part } from '../store/mediation.ts'
import { listRefusals, type RefusalRow } from '../store/refusalList.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { ClaimRef, type ClaimRow } from './claim.ts'
import { presentIdentity } from './identity.ts'
import { loadDevelopment, loadDevelopments } from './loadDevelopment.ts'
import { MediatorRef, ofMediators } from './mediator.ts'
import { StatementRef } from './statement.ts'
import { TalkRef } from './talk.ts'

const RefusalRef = builder.objectRef<RefusalRow>('RefusalReason').implement({
  description:
    'A reason that a report gives for why a party declined a talk. The record holds the words, not what they accuse of: whether they call anybody biased is for the reader to see.',
  fields: (t) => ({
    talk: t.field({
      type: TalkRef,
      nullable: true,
      description: 'The talk that was declined.',
      resolve: ({ position }, _args, context) => loadDevelopment(context, position),
    }),
    party: t.field({
      type: ActorRef,
      description: 'Who declined or withdrew.',
      resolve: ({ party }, _args, context, info) => presentIdentity(context, info, 'Actor', party),
    }),
    claim: t.field({
      type: ClaimRef,
      description: 'The reason as a report gives it: `text`, whose word it is and where it stands.',
      resolve: async ({ position, ordinal }, _args, context) =>
        (await childrenOf(context, 'Claim', position)).find((claim) => claim.ordinal === ordinal) as ClaimRow,
    }),
    refusesIt: t.exposeBoolean('refusesIt', {
      description: 'What was declined is an offer of this mediator (see `offers`).',
    }),
    namesIt: t.exposeBoolean('namesIt', {
      description:
        'The reason names this mediator, or the one for whom it was to mediate that talk, by a name that the record has: "Washington" is the United States.',
    }),
  }),
})

const accusationsOf = ofMediators<Part>()
const refusalsOf = ofMediators<RefusalRow>()

builder.objectFields(MediatorRef, (t) => ({
  accusations: t.field({
    type: [StatementRef],
    description:
      'Statements that accuse it (ACCUSE), oldest first: it is their target or, where they name none, they are addressed to it. The record does not hold of what: the gist says whether it is bias.',
    resolve: async (mediator, _args, context, info) => {
      const rows = await accusationsOf(mediator, context, info, 'accusations', (viewpoint, question) =>
        listAccusations(context.database.pool, viewpoint, question),
      )
      return loadDevelopments(
        context,
        rows.map(({ position }) => position),
      )
    },
  }),
  refusalReasons: t.field({
    type: [RefusalRef],
    description:
      'The reasons given for declining talks that concern it, oldest first, each as a report gives it: those for declining its own offers, and those that name it.',
    resolve: (mediator, _args, context, info) =>
      refusalsOf(mediator, context, info, 'refusals', (viewpoint, question) =>
        listRefusals(context.database.pool, viewpoint, question),
      ),
  }),
}))
