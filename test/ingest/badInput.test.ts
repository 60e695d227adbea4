import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecord, type Record } from '../support/record.ts'
import { expectRefusal } from '../support/refused.ts'
import { day, dispatchOf, exchange } from '../support/sample.ts'

let record: Record
beforeAll(async () => {
  record = await openRecord()
  await record.ingest(sent({ ref: 'known' }, { id: 'r0' }))
})
afterAll(() => record[Symbol.asyncDispose]())

type Fields = { [field: string]: unknown }

/** A dispatch that is right but for the fields given, of its development and of its report. */
function sent(development: Fields = {}, report: Fields = {}): { [field: string]: unknown } {
  const right = exchange({ status: 'AGREED', on: '2023-12-07', ...development })
  return dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07', ...report }, right) as Fields
}

const figure = (fields: Fields) => sent({ figures: [{ measure: 'HELD', ...fields }] })
const claim = (aspect: string, value: unknown, key = '') => sent({ claims: [{ aspect, key, value }] })
const quoted = (quotation: unknown) => sent({ citations: [{ quotation }] })

const at = 'developments[0]'
const kinds = 'STATEMENT, TALK, EXCHANGE, PLEDGE, AGREEMENT, INCIDENT'
const ofExchange = 'PROPOSED, AGREED, SCHEDULED, PARTLY_CARRIED_OUT, CARRIED_OUT, CANCELLED, FAILED'
const date = 'must be a date that exists (2023-12-07) or a moment with its zone (2023-12-07T18:30:00Z)'
const dayRule = 'must be a date that exists, like 2023-11-30'
const actor = 'must name an actor that the record knows, or the dispatch must introduce it under `actors`'
const noField = 'must be left out: there is no such field here'
const text = 'must be text, without control characters'

// What is wrong, the dispatch, and what is said of it.
type Case = [name: string, dispatch: unknown, ...sentences: string[]]

const form: Case[] = [
  ['nothing at all', null, 'the dispatch: must be an object, got null'],
  ['a list', [], 'the dispatch: must be an object, got []'],
  ['no report', { ...sent(), report: undefined }, 'report: must be an object'],
  ['a wrong type', sent({ headline: 3 }), `${at}.headline: must be a string, got 3`],
  ['an unknown kind', sent({ kind: 'WAR' }), `${at}.kind: must be one of ${kinds}, got "WAR"`],
  ['no kind', sent({ kind: undefined }), `${at}.kind: must be one of ${kinds}`],
  ['an unknown field', sent({ headlin: 'x' }), `${at}.headlin: ${noField}`],
  ['an unknown field with a strange name', sent({ 'a b\u001b[31m': 1 }), `${at}["a b\\u001b[31m"]: ${noField}`],
  ['no citations', sent({ citations: [] }), `${at}.citations: must have at least one citation of the report, got []`],
  [
    'a citation that the development does not have',
    sent({ when: { ...day('2023-12-07'), citation: 'c9' } }),
    `${at}.when.citation: must name one of the development's citations (c1), got "c9"`,
  ],
  [
    'two citations of one key',
    sent({ citations: [{ key: 'a' }, { key: 'a' }] }),
    `${at}.citations[1].key: must be unique within the development, got "a"`,
  ],
  [
    'one ref twice',
    dispatchOf(
      { id: 'r1', on: '2023-12-07' },
      exchange({ status: 'AGREED', on: '2023-12-07' }),
      exchange({ status: 'AGREED', on: '2023-12-07' }),
    ),
    'developments[1].ref: must be unique within the dispatch, got "swap"',
  ],
  [
    'a link to itself',
    sent({ links: [{ type: 'FOLLOWS', to: 'swap' }] }),
    `${at}.links[0].to: must be another development, got "swap"`,
  ],
  [
    'a hope that is called broken',
    dispatchOf(
      { id: 'r1', on: '2023-12-07' },
      {
        ref: 'hope',
        kind: 'PLEDGE',
        headline: 'x',
        citations: [{}],
        strength: 'HOPE',
        milestones: [{ status: 'BROKEN' }],
      },
    ),
    `${at}.milestones[0].status: must not be BROKEN: a hope is never broken, got "BROKEN"`,
  ],
  [
    'an address that no browser should open',
    sent({}, { url: 'javascript:alert(1)' }),
    'report.url: must be an http or https address, got "javascript:alert(1)"',
  ],
  [
    'a control character in an address',
    sent({}, { url: 'https://example.org/\u0000' }),
    `report.url: ${text}, got "https://example.org/\\u0000"`,
  ],
  ['a value nested too deep', { ...sent(), process: nested(100_000) }, 'process: must be a string, got […]'],
  [
    'a role that every object has',
    sent({ participants: [{ actor: 'North', role: 'constructor' }] }),
    `${at}.participants[0].role: must be one of PARTY, SPEAKER, ADDRESSEE, PROPOSER, MEDIATOR, HOST, FACILITATOR, DELEGATE, RELEASER, RECEIVER, PROMISOR, BENEFICIARY, SIGNATORY, INITIATOR, TARGET, SUBJECT, OBSERVER, got "constructor"`,
  ],
]

const dates: Case[] = [
  [
    '31 June',
    sent({ when: { earliest: '2023-06-31', precision: 'RANGE' } }),
    `${at}.when.earliest: ${date}, got "2023-06-31"`,
  ],
  [
    '29 February of a common year',
    sent({ when: { earliest: '2023-02-29', precision: 'RANGE' } }),
    `${at}.when.earliest: ${date}, got "2023-02-29"`,
  ],
  [
    'a moment without its zone',
    sent({ when: { earliest: '2023-06-30T12:00', precision: 'RANGE' } }),
    `${at}.when.earliest: ${date}, got "2023-06-30T12:00"`,
  ],
  [
    'the year 0',
    sent({ when: { earliest: '0000-06-30', precision: 'RANGE' } }),
    `${at}.when.earliest: ${date}, got "0000-06-30"`,
  ],
  [
    'a moment whose zone puts it after the year 9999',
    sent({ when: { latest: '9999-12-31T23:00:00-14:00', precision: 'RANGE' } }),
    `${at}.when.latest: ${date}, got "9999-12-31T23:00:00-14:00"`,
  ],
  [
    'an end before the beginning',
    sent({ when: { earliest: '2023-06-30', latest: '2023-06-01', precision: 'RANGE' } }),
    `${at}.when: must not end (2023-06-01T23:59:59.999Z) before it begins (2023-06-30T00:00:00.000Z), got {"earliest":"2023-06-30","latest":"2023-06-01","precision":"RANGE"}`,
  ],
  [
    'a month that is none',
    sent({ when: { earliest: '2023-06-02', latest: '2023-06-30', precision: 'MONTH' } }),
    `${at}.when: must enclose exactly one month for precision MONTH, got {"earliest":"2023-06-02","latest":"2023-06-30","precision":"MONTH"}`,
  ],
  [
    'a day without an end',
    sent({ when: { earliest: '2023-06-02', precision: 'DAY' } }),
    `${at}.when: must have both bounds for precision DAY; use RANGE where one side is open, UNKNOWN where both are, got {"earliest":"2023-06-02","precision":"DAY"}`,
  ],
  [
    'a figure of 30 February',
    figure({ best: 1, asOf: '2023-02-30' }),
    `${at}.figures[0].asOf: ${dayRule}, got "2023-02-30"`,
  ],
  [
    'a figure of the year 0',
    figure({ best: 1, asOf: '0000-02-03' }),
    `${at}.figures[0].asOf: ${dayRule}, got "0000-02-03"`,
  ],
]

const figures: Case[] = [
  ['a negative count', sent({ count: -3 }), `${at}.legs[0].count.best: must be a number of at least 0, got -3`],
  [
    'a count without end',
    sent({ count: Number.POSITIVE_INFINITY }),
    `${at}.legs[0].count.best: must be a number, got Infinity`,
  ],
  [
    'a low estimate above the best',
    figure({ low: 5, best: 3 }),
    `${at}.figures[0]: must have low ≤ best ≤ high, got {"measure":"HELD","low":5,"best":3}`,
  ],
  [
    'a figure without a number',
    figure({}),
    `${at}.figures[0]: must give at least one of low, best and high, got {"measure":"HELD"}`,
  ],
  [
    'parts that do not add up',
    figure({
      best: 55,
      parts: [
        { label: 'men', count: 41 },
        { label: 'women', count: 6 },
      ],
    }),
    `${at}.figures[0]: must have parts that add up to best (55, not 47), got {"measure":"HELD","best":55,"parts":[{"label":"men","count":41},{"label":"women…`,
  ],
]

const quotations: Case[] = [
  ['a number for a quotation', quoted(3), `${at}.citations[0].quotation: must be a string, got 3`],
  ['a control character', quoted('a\u0007b'), `${at}.citations[0].quotation: ${text}, got "a\\u0007b"`],
  ['U+0000', quoted('a\u0000b'), `${at}.citations[0].quotation: ${text}, got "a\\u0000b"`],
  ['half a surrogate pair', quoted('a\ud800b'), `${at}.citations[0].quotation: ${text}, got "a\\ud800b"`],
  ['an empty quotation', quoted('  '), `${at}.citations[0].quotation: must not be empty, got "  "`],
  [
    'a quotation of a whole article',
    quoted('x'.repeat(501)),
    `${at}.citations[0].quotation: must be at most 500 characters long, got "${'x'.repeat(78)}…`,
  ],
]

const values: Case[] = [
  [
    'a status of another kind',
    sent({ milestones: [{ status: 'HELD' }] }),
    `${at}.milestones[0].status: must be one of ${ofExchange}, got "HELD"`,
  ],
  [
    'a claim of a status of another kind',
    claim('STATUS', { status: 'HELD' }),
    `${at}.claims[0].value: must be one of ${ofExchange}, got {"status":"HELD"}`,
  ],
  [
    'a claim of a form that does not exist',
    claim('CONTENT', { text: 'GIFT' }, 'form'),
    `${at}.claims[0].value: must have as text one of RECIPROCAL, ONE_SIDED, got {"text":"GIFT"}`,
  ],
  [
    'a claim with another value than its aspect takes',
    claim('FIGURE', { text: 'x' }),
    `${at}.claims[0].value: must have the member figure for aspect FIGURE, got {"text":"x"}`,
  ],
  [
    'a claim with two values',
    claim('PLACE', { place: 'bridge', text: 'x' }),
    `${at}.claims[0].value: must have exactly one member, got {"place":"bridge","text":"x"}`,
  ],
]

const unknown: Case[] = [
  [
    'an actor',
    sent({ participants: [{ actor: 'Nobody', role: 'PARTY' }] }),
    `${at}.participants[0].actor: ${actor}, got "Nobody"`,
  ],
  [
    'an actor in a claim',
    claim('PARTICIPANT', { actor: { id: 'Nobody' } }, 'HOST'),
    `${at}.claims[0].value.actor.id: ${actor}, got "Nobody"`,
  ],
  [
    'who is said to have responded',
    claim('RESPONSE', { response: 'DECLINED' }, 'Nobody'),
    `${at}.claims[0].key: ${actor}, got "Nobody"`,
  ],
  [
    'whom a citation credits',
    sent({ citations: [{ attributedTo: 'Nobody' }] }),
    `${at}.citations[0].attributedTo: ${actor}, got "Nobody"`,
  ],
  [
    'a place',
    sent({ place: 'nowhere' }),
    `${at}.place: must be a place that the record knows or the dispatch introduces, got "nowhere"`,
  ],
  [
    'the outlet',
    sent({}, { outlet: 'nobody' }),
    'report.outlet: must be an outlet that the record knows or the dispatch introduces, got "nobody"',
  ],
  [
    'an outlet on the way',
    sent({ citations: [{ via: 'nobody' }] }),
    `${at}.citations[0].via: must be an outlet that the record knows or the dispatch introduces, got "nobody"`,
  ],
  [
    'the process',
    { ...sent(), process: 'east-west' },
    'process: must be a process that the record knows, got "east-west"',
  ],
  [
    'the end of a link',
    sent({ links: [{ type: 'FOLLOWS', to: 'nothing' }] }),
    `${at}.links[0].to: must be the ref of a development in the dispatch or the record, got "nothing"`,
  ],
]

const conflicts: Case[] = [
  [
    'a kind that is not the one of the record',
    dispatchOf(
      { id: 'r1', on: '2023-12-07' },
      { ref: 'known', kind: 'INCIDENT', type: 'OTHER', headline: 'x', citations: [{}] },
    ),
    `${at}.kind: must be EXCHANGE: known is one, got "INCIDENT"`,
  ],
  [
    "another actor's name",
    { ...sent(), actors: [{ id: 'impostor', kind: 'STATE', name: 'NORTHVILLE' }] },
    'actors[0].name: must not be a name of another actor (north), got "NORTHVILLE"',
  ],
  [
    "another actor's name as an id",
    { ...sent(), actors: [{ id: 'northville', kind: 'STATE', name: 'Impostor' }] },
    'actors[0].id: must not be a name of another actor (north), got "northville"',
  ],
  [
    "another actor's id as a name",
    { ...sent(), actors: [{ id: 'impostor', kind: 'PERSON', name: 'Envoy' }] },
    'actors[0].name: must not be a name of another actor (envoy), got "Envoy"',
  ],
  [
    'another kind of actor than the record has',
    { ...sent(), actors: [{ id: 'north', kind: 'PERSON', name: 'North' }] },
    'actors[0].kind: must be STATE: the record knows north as one, got "PERSON"',
  ],
  [
    'another outlet for a known report',
    sent({}, { id: 'r0', outlet: 'gazette' }),
    'report.outlet: must be wire, as the record has this report, got "gazette"',
  ],
]

describe.each([
  ['A dispatch is refused for its form:', form],
  ['A dispatch is refused for a date that cannot be:', dates],
  ['A dispatch is refused for a figure that cannot be:', figures],
  ['A dispatch is refused for a quotation that is no short text:', quotations],
  ['A dispatch is refused for a value that its kind cannot hold:', values],
  ['A dispatch is refused when nobody knows', unknown],
  ['A dispatch is refused when it contradicts an identity:', conflicts],
])('%s', (_, cases) => {
  it.each(cases)('%s', async (_name, dispatch, ...sentences) => {
    await expectRefusal(record, dispatch, sentences)
  })
})

describe('a refusal', () => {
  it('lists everything that is wrong with the form at once', async () => {
    await expectRefusal(record, sent({ headline: '', count: -1, ref: 'A B' }), [
      `${at}.ref: must be lower-case letters and digits, joined by single hyphens, got "A B"`,
      `${at}.headline: must not be empty, got ""`,
      `${at}.legs[0].count.best: must be a number of at least 0, got -1`,
    ])
  })

  it('gives back the identities that the dispatch introduced', async () => {
    const outlets = [{ id: 'courier', name: 'The Courier' }]
    await expectRefusal(record, { ...sent({ place: 'nowhere' }), outlets }, [
      `${at}.place: must be a place that the record knows or the dispatch introduces, got "nowhere"`,
    ])
  })
})

describe('keys that every object inherits', () => {
  const json = JSON.stringify(sent())

  it.each([
    ['{"process"', '{"__proto__":{"polluted":1},"process"', '__proto__'],
    ['"ref":', '"__proto__":{"polluted":1},"ref":', `${at}.__proto__`],
    ['"ref":', '"constructor":{"prototype":{"polluted":1}},"ref":', `${at}.constructor`],
  ])('are refused where they are no fields: %s → %s', async (from, to, path) => {
    await expectRefusal(record, JSON.parse(json.replace(from, to)), [`${path}: ${noField}`])
    expect(({} as Fields).polluted).toBeUndefined()
  })

  it('are names like any others where names are free', async () => {
    await record.ingest(
      sent({ ref: 'constructor', legs: [{ key: 'constructor', releasedBy: 'North', receivedBy: 'South' }] }),
    )
    const leg = await record.database.prisma.leg.findFirst({ where: { key: 'constructor' } })
    expect(leg).toMatchObject({ releasedById: 'north' })
  })
})

function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth))
}
