import { dayOf, daysSince } from '../domain/pulse.ts'
import { type Beat, type PulseRow, readPulse } from '../store/pulse.ts'
import type { RevisionRow } from '../store/revision.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { ExchangeRef } from './exchange.ts'
import { presentIdentity } from './identity.ts'
import { loadDevelopment, loadDevelopments } from './loadDevelopment.ts'
import { loaders } from './loader.ts'
import { viewpointOf } from './locate.ts'
import { PledgeRef } from './pledge.ts'
import { TalkRef } from './talk.ts'

const MOST_LISTED = 100
const listed = `oldest first, at most ${MOST_LISTED}`

/** How a process stands on one day. */
interface Pulse {
  readonly day: Date
  readonly beats: Readonly<Partial<Record<Beat, readonly PulseRow[]>>>
}

const LastTalkRef = builder.objectRef<Pulse & { last: PulseRow }>('LastTalk').implement({
  description:
    'The last talk held, as finely as its date is known. Where the dates of talks are uncertain, each of several may have been the last.',
  fields: (t) => ({
    daysAtLeast: t.int({
      description: 'At least so many days ago, by the latest moment at which any talk can have been held.',
      resolve: ({ day, last }) => daysSince(last.latest ?? day, day),
    }),
    daysAtMost: t.int({
      nullable: true,
      description:
        'At most so many days ago: the same as `daysAtLeast` where its day is known. Null: no report says not before when.',
      resolve: ({ day, last }) => last.earliest && daysSince(last.earliest, day),
    }),
    count: t.int({ description: 'How many talks may have been the last one.', resolve: ({ last }) => last.count }),
    talks: t.field({
      type: [TalkRef],
      description: `The talk, or those of which each may have been the last, ${listed}.`,
      resolve: (pulse, _args, context) => loadBeat(pulse, 'LAST', context),
    }),
  }),
})

const DeclinedTalkRef = builder.objectRef<PulseRow>('DeclinedTalk').implement({
  description: 'A talk to which somebody was invited and did not come.',
  fields: (t) => ({
    talk: t.field({
      type: TalkRef,
      nullable: true,
      description: 'The talk; its invitations say who answered and why.',
      resolve: ({ position }, _args, context) => loadDevelopment(context, position),
    }),
    declinedBy: t.field({
      type: [ActorRef],
      description: 'Who declined or withdrew, by ref.',
      resolve: ({ actors }, _args, context, info) =>
        Promise.all((actors ?? []).map((id) => presentIdentity(context, info, 'Actor', id))),
    }),
    certain: t.boolean({
      description: 'It was declined after the last talk was held, whenever exactly that was. False: it may have been.',
      resolve: ({ certain }) => certain === true,
    }),
  }),
})

const OverduePledgeRef = builder.objectRef<Pulse & { row: PulseRow }>('OverduePledge').implement({
  description: 'A pledge that is open although its time has passed.',
  fields: (t) => ({
    pledge: t.field({
      type: PledgeRef,
      nullable: true,
      description: 'The pledge, with its status and when it was due.',
      resolve: ({ row }, _args, context) => loadDevelopment(context, row.position),
    }),
    days: t.int({
      description: 'For how many days: since the last day on which it could be kept in time.',
      resolve: ({ day, row }) => daysSince(row.latest ?? day, day),
    }),
  }),
})

const PulseRef = builder.objectRef<Pulse>('Pulse').implement({
  description:
    'How a process stands on one day: when its parties last met, what was declined since, what is still to be done.',
  fields: (t) => ({
    day: t.expose('day', { type: 'Date', description: 'The day, UTC: of `asOf`, or else today.' }),
    lastTalk: t.field({
      type: LastTalkRef,
      nullable: true,
      description: 'The last talk of status HELD of which any report gives a date. Null: there is none.',
      resolve: (pulse) => {
        const last = pulse.beats.LAST?.[0]
        return last === undefined ? null : { ...pulse, last }
      },
    }),
    undatedTalkCount: t.int({
      description: 'How many talks were held on a day of which no report says anything: `lastTalk` leaves them out.',
      resolve: (pulse) => countOf(pulse, 'HELD'),
    }),
    undatedTalks: t.field({
      type: [TalkRef],
      description: `Talks held on a day of which no report says anything, in the order of the feed, at most ${MOST_LISTED}.`,
      resolve: (pulse, _args, context) => loadBeat(pulse, 'HELD', context),
    }),
    declinedCount: t.int({
      description:
        'How many talks were, or may have been, declined since the last one was held. Where no talk was held: in all.',
      resolve: (pulse) => countOf(pulse, 'DECLINED'),
    }),
    declinedCertainlyCount: t.int({
      description: 'Of how many of them this is certain, whenever exactly the last talk was held.',
      resolve: ({ beats }) => beats.DECLINED?.[0]?.certainCount ?? 0,
    }),
    declined: t.field({
      type: [DeclinedTalkRef],
      description: `The talks that were, or may have been, declined since the last one was held, ${listed}. The day of the answer counts or, where no report gives it, that of the talk.`,
      resolve: ({ beats }) => beats.DECLINED ?? [],
    }),
    openPledgeCount: t.int({
      description: 'How many pledges are made and not yet kept, lapsed, broken or withdrawn.',
      resolve: (pulse) => countOf(pulse, 'OPEN'),
    }),
    openPledges: t.field({
      type: [PledgeRef],
      description: `The open pledges, ${listed}; \`pledges(open: true)\` has them all.`,
      resolve: (pulse, _args, context) => loadBeat(pulse, 'OPEN', context),
    }),
    overduePledgeCount: t.int({
      description:
        'How many of the open pledges should have been kept by now: the last day on which they were due has passed.',
      resolve: (pulse) => countOf(pulse, 'OVERDUE'),
    }),
    overduePledges: t.field({
      type: [OverduePledgeRef],
      description: `The overdue pledges, the longest overdue first, at most ${MOST_LISTED}. What is due in December is not overdue before January.`,
      resolve: (pulse) => (pulse.beats.OVERDUE ?? []).map((row) => ({ ...pulse, row })),
    }),
    pendingExchangeCount: t.int({
      description: 'How many exchanges are agreed and not, or only in part, carried out, nor called off or failed.',
      resolve: (pulse) => countOf(pulse, 'PENDING'),
    }),
    pendingExchanges: t.field({
      type: [ExchangeRef],
      description: `The exchanges that are agreed and still to be carried out, ${listed}.`,
      resolve: (pulse, _args, context) => loadBeat(pulse, 'PENDING', context),
    }),
  }),
})

function countOf({ beats }: Pulse, beat: Beat): number {
  return beats[beat]?.[0]?.count ?? 0
}

function loadBeat({ beats }: Pulse, beat: Beat, context: Context): Promise<RevisionRow[]> {
  return loadDevelopments(
    context,
    (beats[beat] ?? []).map(({ position }) => position),
  )
}

function byBeat(rows: readonly PulseRow[]): Pulse['beats'] {
  const beats: { [B in Beat]?: PulseRow[] } = {}
  for (const row of rows) {
    const list = beats[row.beat] ?? []
    list.push(row)
    beats[row.beat] = list
  }
  return beats
}

const pulses = loaders<Pulse>()

builder.prismaObjectField('Process', 'pulse', (t) =>
  t.field({
    type: PulseRef,
    description:
      'How it stands on the day of `asOf`, or else today: days since the last talk, talks declined since, pledges open and overdue, exchanges agreed and not carried out.',
    // A kept answer is good for a day at the most: nothing here is finer than that.
    extensions: { dependsOnToday: true },
    resolve: ({ id }, _args, context, info) => {
      const viewpoint = viewpointOf(context, info)
      return pulses(context, `${viewpoint.position} ${viewpoint.asOf?.getTime()}`, async (processes) => {
        const day = dayOf(viewpoint.asOf ?? context.now())
        const rows = await readPulse(context.database.pool, viewpoint, { processes, day, limit: MOST_LISTED })
        return processes.map((process) => {
          const own = rows.filter((row) => row.process === process)
          return { day, beats: byBeat(own) }
        })
      }).load(id)
    },
  }),
)
