import { mediators, observers, type Process, type Side } from './cast.ts'
import { type Dice, dice } from './dice.ts'
import { dayAfter, onDay, told } from './moment.ts'

/** What happened, before anyone reports it. */
export interface Event {
  readonly ref: string
  readonly kind: 'STATEMENT' | 'TALK' | 'EXCHANGE' | 'PLEDGE' | 'AGREEMENT' | 'INCIDENT'
  readonly day: string
  readonly process: Process
  /** What its details are drawn from; a report draws its own deviations. */
  readonly seed: number
  /** An earlier event of the story. */
  readonly before: string | undefined
}

/** The kinds in the seed's proportions, with a few agreements, of which the seed has none. */
const kinds = [
  ['STATEMENT', 10],
  ['TALK', 9],
  ['INCIDENT', 7],
  ['PLEDGE', 5],
  ['EXCHANGE', 1],
  ['AGREEMENT', 1],
] as const

/** Draws so many events of one process that follow each other within days. */
export function eventsOf(story: number, seed: number, count: number, process: Process, day: string): Event[] {
  const chance = dice(seed)
  return Array.from({ length: count }, (_, i) => ({
    ref: `s${story}-${i + 1}`,
    kind: chance.weigh(kinds),
    day: dayAfter(day, -chance.roll(4)),
    process,
    seed: chance.roll(2 ** 30),
    before: i > 0 && chance.chance(76) ? `s${story}-${1 + chance.roll(i)}` : undefined,
  }))
}

const topics = ['prisoners', 'the border', 'the treaty', 'transit', 'water', 'returnees', 'mines', 'the ceasefire']
const tones = ['calmly', 'firmly', 'with reserve', 'warmly', 'after long talks', 'in writing', 'through its office']
const quotations = [
  'a gesture of goodwill',
  'a red line',
  'an opening',
  'not acceptable',
  'a step forward',
  'open questions',
]

/** An event as one report tells it; the second and later ones deviate here and there. */
export function accountOf(event: Event, report: number): object {
  const chance = dice(event.seed)
  const own = dice(event.seed + report * 7919)
  const deviates = report > 0 && own.chance(40)
  // Both are drawn in any case: what a report does not tell differently, it tells as the first one did.
  const differing = <T>(usual: T, deviating: T, percent: number): T =>
    deviates && own.chance(percent) ? deviating : usual
  const [side, other] = chance.chance(50) ? event.process.sides : ([...event.process.sides].reverse() as [Side, Side])
  const topic = chance.pick(topics)
  const quotation = chance.chance(43) ? chance.pick(quotations) : undefined
  const citations = [
    { key: 'lead', locator: 'paragraph 1' },
    {
      ...{ key: 'detail', locator: `paragraph ${2 + chance.roll(8)}`, ...(quotation && { quotation }) },
      ...(chance.chance(30) && { attributedTo: side.ministry }),
      ...(chance.chance(20) && { origin: `agency-${event.ref}` }),
    },
  ]
  const common = {
    ref: event.ref,
    headline: `${side.name} and ${other.name} ${chance.pick(tones)} on ${topic}${report > 0 ? ', reports add' : ''}`,
    summary: `What ${side.name} and ${other.name} did about ${topic}, ${chance.pick(tones)}, as told in report ${report + 1}.`,
    citations,
    ...(event.before !== undefined && { links: [{ type: 'FOLLOWS', to: event.before }] }),
    ...(chance.chance(45) && {
      place: differing(chance.pick(event.process.places), own.pick(event.process.places), 50),
    }),
  }
  const when = differing(told(event.day, chance), told(event.day, own), 60)
  const scene = { event, chance, differing, side, other, topic, when, quotation }
  return { ...common, ...detailOf(scene) }
}

interface Scene {
  readonly event: Event
  readonly chance: Dice
  /** Chooses, in so many of a hundred reports that deviate, the second value. */
  readonly differing: <T>(usual: T, deviating: T, percent: number) => T
  readonly side: Side
  readonly other: Side
  readonly topic: string
  readonly when: object | undefined
  readonly quotation: string | undefined
}

function detailOf(scene: Scene): object {
  const { event, chance, differing, side, other, topic, when, quotation } = scene
  const { kind } = event
  const parties = [side, other].map(({ id }) => ({ actor: id, role: 'PARTY' }))
  const dated = when && { when }
  const step = (status: string) => ({ milestones: [{ status, ...dated }] })
  const least = 2 + chance.roll(120)
  const number = differing(least, least + 1 + (least % 3), 70)
  switch (kind) {
    case 'STATEMENT':
      return {
        ...{ kind, ...dated },
        act: differing(chance.pick(['ANNOUNCE', 'SUPPORT', 'ACCUSE', 'REQUEST', 'OFFER']), 'REMARK', 30),
        gist: `${side.name} speaks of ${topic}.`,
        participants: [
          { actor: side.leader, role: 'SPEAKER', onBehalfOf: side.id, capacity: `Prime Minister of ${side.name}` },
          { actor: other.id, role: 'ADDRESSEE', citation: 'detail' },
        ],
        ...(quotation && { passages: [{ key: 'word', quotation, citation: 'detail' }] }),
        ...(chance.chance(60) && {
          claims: [{ aspect: 'CONTENT', key: 'aim', value: { text: `Progress on ${topic}` } }],
        }),
      }
    case 'TALK': {
      const mediator = differing(chance.pick(mediators), mediators[0] as (typeof mediators)[number], 50)
      const declined = chance.chance(25)
      const invitation = { invitee: other.id, invitedBy: mediator.id, citation: 'detail' }
      const status = declined ? 'CANCELLED' : chance.pick(['HELD', 'HELD', 'SCHEDULED', 'POSTPONED'])
      return {
        ...{ kind, ...dated, ...step(status) },
        extent: chance.pick(['MEETING', 'ROUND', 'SERIES']),
        ...{ level: chance.pick(['LEADERS', 'MINISTERS', 'OFFICIALS']), topic },
        participants: [...parties, ...(chance.chance(70) ? [{ actor: mediator.id, role: 'MEDIATOR' }] : [])],
        ...(declined && {
          invitations: [{ ...invitation, response: 'DECLINED', reason: `It says that ${topic} must come first.` }],
        }),
        ...(chance.chance(40) && {
          claims: [{ aspect: 'CONTENT', key: 'mood', value: { text: chance.pick(tones) }, citation: 'detail' }],
        }),
      }
    }
    case 'EXCHANGE':
      return {
        ...{ kind, form: 'RECIPROCAL', participants: [...parties, { actor: observers[0]?.id, role: 'FACILITATOR' }] },
        ...step(chance.pick(['AGREED', 'CARRIED_OUT'])),
        legs: [
          { key: 'there', releasedBy: side.id, receivedBy: other.id, count: { best: number }, category: 'soldiers' },
          { key: 'back', releasedBy: other.id, receivedBy: side.id, count: { best: 2 }, heldSince: onDay(event.day) },
        ],
      }
    case 'PLEDGE':
      return {
        ...{ kind, ...step(chance.pick(['MADE', 'MADE', 'FULFILLED', 'LAPSED'])), terms: `To settle ${topic}.` },
        strength: differing(chance.pick(['COMMITMENT', 'READINESS']), 'HOPE', 30),
        participants: [
          { actor: side.id, role: 'PROMISOR' },
          { actor: other.id, role: 'BENEFICIARY' },
        ],
        ...(chance.chance(30) && { due: onDay(dayAfter(event.day, 90)) }),
      }
    case 'AGREEMENT':
      return {
        ...{ kind, stage: 'SUB_PAR', ...step(chance.pick(['AGREED', 'SIGNED'])), terms: `Rules for ${topic}.` },
        participants: [side, other].map(({ id }) => ({ actor: id, role: 'SIGNATORY' })),
      }
    case 'INCIDENT':
      return {
        ...{ kind, ...dated, type: chance.pick(['ASSAULT', 'HOSTILITIES', 'DETENTION', 'PROTEST']) },
        standing: differing('REPORTED', 'DISPUTED', 30),
        participants: [
          { actor: side.id, role: 'INITIATOR', citation: 'detail' },
          { actor: other.id, role: 'TARGET' },
        ],
        figures: [
          { measure: 'KILLED', best: number, qualifier: differing('EXACT', 'ABOUT', 30) },
          ...(chance.chance(40)
            ? [{ measure: 'WOUNDED', best: number * 2, claimant: other.ministry, citation: 'detail' }]
            : []),
        ],
      }
  }
}
