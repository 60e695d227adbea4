import type { GraphQLResolveInfo } from 'graphql'
import { type Answer, answersOf, type PartyAnswer } from '../domain/offer.ts'
import type { Response } from '../domain/response.ts'
import { listOffers, type OfferRow } from '../store/offerList.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { presentIdentity } from './identity.ts'
import { loadDevelopment, loadDevelopments } from './loadDevelopment.ts'
import { type Mediator, MediatorRef, ofMediators } from './mediator.ts'
import { ResponseRef } from './response.ts'
import { StatementRef } from './statement.ts'

const AnswerRef = builder.objectRef<PartyAnswer>('OfferAnswer').implement({
  description: 'How one party took an offer.',
  fields: (t) => ({
    party: t.field({
      type: ActorRef,
      description: 'The party.',
      resolve: ({ party }, _args, context, info) => presentIdentity(context, info, 'Actor', party),
    }),
    response: t.expose('response', {
      type: ResponseRef,
      description:
        'How it responded to its invitation; without one, or without an answer to it, ACCEPTED or DECLINED as it said in the last statement that agrees or refuses.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'The reason that it gave, as the record has it.' }),
    statements: t.field({
      type: [StatementRef],
      description: 'The statements in which it agreed (AGREE) or refused (REJECT), oldest first.',
      resolve: ({ statements }, _args, context) => loadDevelopments(context, statements),
    }),
  }),
})

interface Offer {
  readonly position: number
  readonly answers: readonly PartyAnswer[]
}

const OfferRef = builder.objectRef<Offer>('Offer').implement({
  description:
    'What a mediator offered: a talk that it proposed, to which it invited or, where no report says who invited, that it was to mediate; or a statement that makes an offer.',
  fields: (t) => ({
    development: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'The talk or the statement.',
      resolve: ({ position }, _args, context) => loadDevelopment(context, position),
    }),
    answers: t.field({
      type: [AnswerRef],
      description: 'How each party took it, one answer a party, by ref. Empty: no report tells of any.',
      resolve: ({ answers }) => answers,
    }),
  }),
})

const OfferCountRef = builder.objectRef<readonly Offer[]>('OfferCount').implement({
  description:
    'What became of the offers of a mediator. Answers are counted, one for each party to each offer: an offer to two parties may be accepted by one and refused by the other.',
  fields: (t) => {
    const answers = (description: string, ...responses: Response[]) =>
      t.int({
        description,
        resolve: (offers) =>
          offers.flatMap((offer) => offer.answers).filter(({ response }) => responses.includes(response)).length,
      })
    return {
      made: t.int({ description: 'How many offers it made.', resolve: (offers) => offers.length }),
      accepted: answers('Answers that accept.', 'ACCEPTED'),
      refused: answers('Answers that decline, or withdraw from what was accepted.', 'DECLINED', 'WITHDREW'),
      conditional: answers('Answers that accept on conditions.', 'CONDITIONAL'),
      unanswered: answers('Parties that are told to have given no answer.', 'NO_ANSWER'),
      untold: t.int({
        description: 'Offers of which no report tells how any party took it.',
        resolve: (offers) => offers.filter((offer) => offer.answers.length === 0).length,
      }),
    }
  },
})

const rowsOf = ofMediators<OfferRow>()

async function offersOf(mediator: Mediator, context: Context, info: GraphQLResolveInfo): Promise<Offer[]> {
  const rows = await rowsOf(mediator, context, info, 'offers', (viewpoint, question) =>
    listOffers(context.database.pool, viewpoint, question),
  )
  const told = new Map<number, Answer[]>()
  for (const row of rows) {
    const answers = told.get(row.position) ?? []
    if (row.party !== null) answers.push(row)
    told.set(row.position, answers)
  }
  return [...told].map(([position, answers]) => ({ position, answers: answersOf(answers) }))
}

builder.objectFields(MediatorRef, (t) => ({
  offers: t.field({
    type: [OfferRef],
    description: 'What it offered and what became of it, oldest first. Answers count whenever they were given.',
    resolve: (mediator, _args, context, info) => offersOf(mediator, context, info),
  }),
  offerCount: t.field({
    type: OfferCountRef,
    description: 'How many offers it made, and how they were answered.',
    resolve: (mediator, _args, context, info) => offersOf(mediator, context, info),
  }),
}))
