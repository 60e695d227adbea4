import { both, type Filter } from '../domain/filter.ts'
import type { LinkType } from '../domain/link.ts'
import type { Issue, SpeechAct } from '../domain/statement.ts'
import { namesAt } from '../store/developmentList.ts'
import type { RevisionRow } from '../store/revision.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import { builder } from './builder.ts'
import { childrenOf, detailIn } from './child.ts'
import { ClaimRef } from './claim.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { DevelopmentFilter, readFilter, withCodes } from './filter.ts'
import { viewpointOf } from './locate.ts'
import { pageFields } from './page.ts'
import { inRole, ParticipationRef } from './participation.ts'
import { viewpointArgs } from './viewpoint.ts'

export const SpeechActRef = codes<SpeechAct>('SpeechAct', 'What a statement does.', {
  ANNOUNCE: 'Makes something known.',
  SUPPORT: 'Welcomes or backs something.',
  AGREE: 'Declares agreement.',
  OFFER: 'Offers something.',
  REQUEST: 'Asks for something.',
  REJECT: 'Turns something down.',
  ACCUSE: 'Blames somebody.',
  DENY: 'Says that something is not so.',
  THREATEN: 'Announces harm on a condition.',
  EXPECT: 'Says what is hoped for or expected.',
  REMARK: 'None of these.',
})

export const IssueRef = codes<Issue>('Issue', 'By how many a statement was made.', {
  SINGLE: 'By one speaker.',
  JOINT: 'Issued together.',
  COLLECTIVE: 'One word that a report pins on several powers at once.',
})

const detail = detailIn('StatementDetail')

export const StatementRef = builder.objectRef<RevisionRow>('Statement').implement({
  description: 'Somebody said something.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    act: t.field({
      type: SpeechActRef,
      description: 'What it does.',
      resolve: async (row, _args, context) => (await detail(row, context))?.act ?? 'REMARK',
    }),
    issue: t.field({
      type: IssueRef,
      description: 'By how many it was made.',
      resolve: async (row, _args, context) => (await detail(row, context))?.issue ?? 'SINGLE',
    }),
    channel: t.string({
      nullable: true,
      description: 'How it was published.',
      resolve: async (row, _args, context) => (await detail(row, context))?.channel,
    }),
    gist: t.string({
      nullable: true,
      description: 'What it says, in our own words.',
      resolve: async (row, _args, context) => (await detail(row, context))?.gist,
    }),
    speakers: t.field({
      type: [ParticipationRef],
      description: 'Who said it.',
      resolve: inRole('SPEAKER'),
    }),
    passages: t.field({
      type: [ClaimRef],
      description: 'Its passages as the reports quote them: wordings of one passage share a `key`.',
      resolve: async ({ position }, _args, context) =>
        (await childrenOf(context, 'Claim', position)).filter(({ aspect }) => aspect === 'WORDING'),
    }),
  }),
})

const aboutTypes: readonly LinkType[] = ['RESPONDS_TO', 'ANNOUNCES', 'CONCERNS']

/** What announces, answers or concerns any of the developments, under whichever of their names. */
export async function toldAbout(
  { database: { pool } }: Context,
  { position }: Viewpoint,
  developments: readonly string[],
): Promise<Filter> {
  const names = await namesAt(pool, position, developments)
  return { link: { types: aboutTypes, to: [...new Set([...names.values()].flat())] } }
}

builder.queryField('statements', (t) =>
  t.connection(
    {
      type: StatementRef,
      description: 'Statements, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
        act: t.arg({ type: [SpeechActRef], description: 'Only statements that do any of these.' }),
        about: t.arg.stringList({
          description: 'Only statements that announce, answer or concern any of these developments, by ref.',
        }),
      },
      resolve: async (_root, { act, about, ...args }, context, info) => {
        const filter = withCodes(await readFilter(context, args.filter, 'STATEMENT'), { act })
        return developmentPage(
          context,
          info,
          args,
          about ? both(filter, await toldAbout(context, viewpointOf(context, info), about)) : filter,
        )
      },
    },
    pageFields('Statement'),
    { name: 'StatementEdge', description: 'A statement and its place in the list.' },
  ),
)
