import type { WindowMatch } from '../domain/filter.ts'
import type { Box, Circle } from '../domain/geography.ts'
import { AgreementStageRef } from './agreement.ts'
import { builder } from './builder.ts'
import { AspectRef, RelationRef } from './claim.ts'
import { codes } from './code.ts'
import { KindRef } from './development.ts'
import { ExchangeFormRef } from './exchange.ts'
import { DevelopmentFilter } from './filter.ts'
import type { SentActor, SentDisagreement, SentFilter, SentInvitation, SentLink, SentWindow } from './filterSent.ts'
import { IncidentStandingRef, IncidentTypeRef } from './incident.ts'
import { LinkTypeRef } from './link.ts'
import { StrengthRef } from './pledge.ts'
import { ResponseRef } from './response.ts'
import { RoleRef } from './role.ts'
import { IssueRef, SpeechActRef } from './statement.ts'
import { StatusRef } from './status.ts'
import { TalkExtentRef, TalkFormatRef, TalkLevelRef, TalkTrackRef } from './talk.ts'
import { PrecisionRef } from './when.ts'

const WindowMatchRef = codes<WindowMatch>(
  'WindowMatch',
  'How dates that are not exact count against a window of time.',
  {
    POSSIBLY_WITHIN:
      'Some moment of the date lies within: "October" is possibly within 5 to 9 October. The date may reach beyond.',
    CERTAINLY_WITHIN:
      'Every moment of the date lies within: "October" is certainly within 1 September to 31 October, never within a day. A date that is open on a side is certain only where the window is open there, too.',
  },
)

const ActorInRole = builder.inputRef<SentActor>('ActorInRole').implement({
  description: 'An actor, acting itself or through whoever acts for it.',
  fields: (t) => ({
    actor: t.string({ required: true, description: 'Its ref or any of its names: "baku", "Azerbaijan".' }),
    role: t.field({ type: [RoleRef], description: 'In any of these roles; left out: in whichever.' }),
  }),
})

const DateWindow = builder.inputRef<NonNullable<SentFilter['when']>>('DateWindow').implement({
  description:
    'A span of time in which it happened. `match` says how dates that are not exact count; what has no date at all is in no window.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'Not before; left out: unbounded.' }),
    to: t.field({ type: 'DateTime', description: 'Not after, inclusive; left out: unbounded.' }),
    match: t.field({
      type: WindowMatchRef,
      defaultValue: 'POSSIBLY_WITHIN',
      description: 'Whether it possibly or certainly happened within.',
    }),
  }),
})

const MomentWindow = builder.inputRef<SentWindow>('MomentWindow').implement({
  description: 'A span of time in which an exactly known moment lies.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'Not before; left out: unbounded.' }),
    to: t.field({ type: 'DateTime', description: 'Not after, inclusive; left out: unbounded.' }),
  }),
})

const CircleRef = builder.inputRef<Circle>('Near').implement({
  description:
    'All places within a distance of a point, as the crow flies on a sphere (IUGG mean radius, 6371.0088 km).',
  fields: (t) => ({
    latitude: t.float({ required: true, description: 'Degrees north, WGS 84, from -90 to 90.' }),
    longitude: t.float({ required: true, description: 'Degrees east, WGS 84, from -180 to 180.' }),
    kilometres: t.float({ required: true, description: 'How far at the most.' }),
  }),
})

const BoxRef = builder.inputRef<Box>('Box').implement({
  description:
    'All places between two parallels and two meridians, inclusive, in degrees of WGS 84. Where `west` is greater than `east` the box crosses the 180th meridian.',
  fields: (t) => ({
    south: t.float({ required: true, description: 'Its southern edge, degrees north.' }),
    west: t.float({ required: true, description: 'Its western edge, degrees east.' }),
    north: t.float({ required: true, description: 'Its northern edge, degrees north.' }),
    east: t.float({ required: true, description: 'Its eastern edge, degrees east.' }),
  }),
})

const HasDisagreement = builder.inputRef<SentDisagreement>('HasDisagreement').implement({
  description: 'A disagreement between the reports; without members: any.',
  fields: (t) => ({
    aspect: t.field({ type: [AspectRef], description: 'Over any of these aspects.' }),
    relation: t.field({ type: [RelationRef], description: 'Whose versions stand so to each other.' }),
  }),
})

const HasLink = builder.inputRef<SentLink>('HasLink').implement({
  description: 'A link to another development; without members: any.',
  fields: (t) => ({
    type: t.field({ type: [LinkTypeRef], description: 'Of any of these types.' }),
    to: t.stringList({ description: 'To any of these developments, by ref.' }),
  }),
})

const HasInvitation = builder.inputRef<SentInvitation>('HasInvitation').implement({
  description: 'An invitation to a talk; without members: any.',
  fields: (t) => ({
    actor: t.stringList({ description: 'Any of these was invited, or answered for who was, by ref or name.' }),
    response: t.field({ type: [ResponseRef], description: 'With any of these responses.' }),
  }),
})

const StatementFilter = builder.inputRef<NonNullable<SentFilter['statement']>>('StatementFilter').implement({
  description: 'Which statements; without members: all.',
  fields: (t) => ({
    act: t.field({ type: [SpeechActRef], description: 'That do any of these.' }),
    issue: t.field({ type: [IssueRef], description: 'Made by so many.' }),
  }),
})

const TalkFilter = builder.inputRef<NonNullable<SentFilter['talk']>>('TalkFilter').implement({
  description: 'Which talks; without members: all.',
  fields: (t) => ({
    extent: t.field({ type: [TalkExtentRef], description: 'Meetings, rounds or series.' }),
    format: t.field({ type: [TalkFormatRef], description: 'In any of these formats.' }),
    track: t.field({ type: [TalkTrackRef], description: "On any of diplomacy's tracks." }),
    level: t.field({ type: [TalkLevelRef], description: 'On any of these levels.' }),
    invitation: t.field({ type: HasInvitation, description: 'With an invitation like this: who declined.' }),
  }),
})

const ExchangeFilter = builder.inputRef<NonNullable<SentFilter['exchange']>>('ExchangeFilter').implement({
  description: 'Which exchanges; without members: all.',
  fields: (t) => ({ form: t.field({ type: [ExchangeFormRef], description: 'Of any of these forms.' }) }),
})

const PledgeFilter = builder.inputRef<NonNullable<SentFilter['pledge']>>('PledgeFilter').implement({
  description: 'Which pledges; without members: all.',
  fields: (t) => ({
    strength: t.field({ type: [StrengthRef], description: 'Of any of these strengths.' }),
    open: t.boolean({
      description: 'True: made and not yet kept, lapsed, broken or withdrawn. False: the others whose status is known.',
    }),
  }),
})

const AgreementFilter = builder.inputRef<NonNullable<SentFilter['agreement']>>('AgreementFilter').implement({
  description: 'Which agreements; without members: all.',
  fields: (t) => ({ stage: t.field({ type: [AgreementStageRef], description: 'Of any of these PA-X stages.' }) }),
})

const IncidentFilter = builder.inputRef<NonNullable<SentFilter['incident']>>('IncidentFilter').implement({
  description: 'Which incidents; without members: all.',
  fields: (t) => ({
    type: t.field({ type: [IncidentTypeRef], description: 'Of any of these types, PLOVER where it has one.' }),
    standing: t.field({ type: [IncidentStandingRef], description: 'Told in any of these ways.' }),
  }),
})

DevelopmentFilter.implement({
  description:
    'Which developments: every member given must hold; of a list of values any, unless it says otherwise. One filter serves lists, tallies, export and the subscription, and means the same in each: it reads what the version itself holds. Of a place it reads what the record said of it when the version was written.',
  fields: (t) => ({
    and: t.field({ type: [DevelopmentFilter], description: 'All of these must pass it.' }),
    or: t.field({ type: [DevelopmentFilter], description: 'At least one of these must pass it.' }),
    not: t.field({
      type: DevelopmentFilter,
      description: 'This must not pass it. What is unknown does not pass a filter, and so passes its `not`.',
    }),
    ref: t.stringList({ description: 'Any of these developments, by ref.' }),
    process: t.stringList({ description: 'Of any of these processes, by ref.' }),
    kind: t.field({ type: [KindRef], description: 'Of any of these kinds.' }),
    status: t.field({ type: [StatusRef], description: 'At any of these statuses.' }),
    actor: t.field({ type: [ActorInRole], description: 'All of these take part.' }),
    mediator: t.stringList({ description: 'All of these mediate it, by ref or name.' }),
    outlet: t.stringList({ description: 'Told by a report of any of these outlets, by ref.' }),
    report: t.stringList({ description: 'Told by any of these reports, by ref.' }),
    when: t.field({ type: DateWindow, description: 'When it happened.' }),
    precision: t.field({
      type: [PrecisionRef],
      description: 'Dated as finely as this. UNKNOWN: also where no report gives a date.',
    }),
    place: t.stringList({ description: 'At any of these places or at a place within, by ref.' }),
    country: t.stringList({
      description:
        'In any of these countries, ISO 3166-1 alpha-2: of its place, or of the nearest place around it that has one.',
    }),
    near: t.field({ type: CircleRef, description: 'Its place has coordinates, and they lie within this distance.' }),
    box: t.field({ type: BoxRef, description: 'Its place has coordinates, and they lie within this box.' }),
    knownAt: t.field({
      type: MomentWindow,
      description:
        'What it says became publicly known within: when the report that last told something new was published.',
    }),
    reportsAtLeast: t.int({ description: 'Told by so many reports or more.' }),
    independentSourcesAtLeast: t.int({
      description: 'Told by so many independent sources or more: passages that repeat one agency text count once.',
    }),
    disagreement: t.field({ type: HasDisagreement, description: 'It has a disagreement like this.' }),
    link: t.field({ type: HasLink, description: 'It has a link like this.' }),
    statement: t.field({ type: StatementFilter, description: 'It is a statement, and such a one.' }),
    talk: t.field({ type: TalkFilter, description: 'It is a talk, and such a one.' }),
    exchange: t.field({ type: ExchangeFilter, description: 'It is an exchange, and such a one.' }),
    pledge: t.field({ type: PledgeFilter, description: 'It is a pledge, and such a one.' }),
    agreement: t.field({ type: AgreementFilter, description: 'It is an agreement, and such a one.' }),
    incident: t.field({ type: IncidentFilter, description: 'It is an incident, and such a one.' }),
  }),
})
