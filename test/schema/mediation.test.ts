import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { day, dispatchOf } from '../support/sample.ts'
import { caughtUp, recordStatements } from '../support/statements.ts'

// What makes an offer, an answer, a party met, an accusation: of an invented process, in which each has its own case.

let api: Api
beforeEach(async () => {
  api = await openApi()
})
afterEach(() => api[Symbol.asyncDispose]())

const told = (...developments: object[]) =>
  api.record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-20' }, ...developments))
const envoy = async (fields: string) =>
  (await api.ask(`{ mediators(process: "north-south") { nodes { actor { ref } ${fields} } } }`)).mediators.nodes.find(
    (mediator: { actor: Ref }) => mediator.actor.ref === 'envoy',
  )
const refs = (list: readonly Ref[]) => list.map(({ ref }) => ref)

describe('an offer of a mediator', () => {
  const fields = `offerCount { made accepted refused conditional unanswered untold }
    offers { development { ref } answers { party { ref } response reason statements { ref } } }`
  const offered = async () => {
    const { offers, offerCount } = await envoy(fields)
    const list = offers.map((o: { development: Ref; answers: Answer[] }) => [
      o.development.ref,
      ...o.answers.map((a) => [a.party.ref, a.response, ...refs(a.statements)]),
    ])
    return { list, offerCount }
  }

  it('is a talk that it proposed, to which it invited or, where nobody is told to have invited, that it was to mediate', async () => {
    const mediated = [{ actor: 'envoy', role: 'MEDIATOR' }]
    await told(
      talk('proposed', 1, { participants: [{ actor: 'envoy', role: 'PROPOSER' }] }),
      talk('invited-to', 2, { invitations: [{ invitee: 'north', invitedBy: 'envoy', response: 'CONDITIONAL' }] }),
      talk('to-mediate', 3, {
        participants: mediated,
        invitations: [{ invitee: 'south', response: 'DECLINED', reason: 'No trust.' }],
      }),
      talk('invited-by-another', 4, {
        participants: mediated,
        invitations: [{ invitee: 'north', invitedBy: 'south', response: 'DECLINED' }],
      }),
      talk('without-invitations', 5, { participants: mediated }),
      talk('of-nobody', 6, { invitations: [{ invitee: 'south', response: 'DECLINED' }] }),
    )
    expect(await offered()).toEqual({
      list: [['proposed'], ['invited-to', ['north', 'CONDITIONAL']], ['to-mediate', ['south', 'DECLINED']]],
      offerCount: { made: 3, accepted: 0, refused: 1, conditional: 1, unanswered: 0, untold: 1 },
    })
    expect((await envoy(fields)).offers[2].answers[0].reason).toBe('No trust.')
  })

  it('is a statement that offers, and is accepted or refused by the statements that respond to it', async () => {
    await told(
      statement('offer', 1, 'OFFER', [{ actor: 'envoy', role: 'SPEAKER' }]),
      statement('refusal', 2, 'REJECT', [{ actor: 'south', role: 'SPEAKER' }], 'offer'),
      statement('consent', 3, 'AGREE', [{ actor: 'premier', role: 'SPEAKER', onBehalfOf: 'north' }], 'offer'),
      statement('second-thoughts', 4, 'AGREE', [{ actor: 'south', role: 'SPEAKER' }], 'offer'),
      statement('remark', 5, 'REMARK', [{ actor: 'south', role: 'SPEAKER' }], 'offer'),
      statement('unrelated', 6, 'REJECT', [{ actor: 'north', role: 'SPEAKER' }]),
      statement('no-offer', 7, 'SUPPORT', [{ actor: 'envoy', role: 'SPEAKER' }]),
      statement('refusal-of-that', 8, 'REJECT', [{ actor: 'north', role: 'SPEAKER' }], 'no-offer'),
    )
    expect(await offered()).toEqual({
      list: [['offer', ['north', 'ACCEPTED', 'consent'], ['south', 'ACCEPTED', 'refusal', 'second-thoughts']]],
      offerCount: { made: 1, accepted: 2, refused: 0, conditional: 0, unanswered: 0, untold: 0 },
    })
  })

  it('is answered once by each party, whether its invitation or a statement tells it', async () => {
    const invitations = [
      { invitee: 'north', response: 'ACCEPTED' },
      { invitee: 'south', response: 'NO_ANSWER' },
    ]
    await told(
      talk('meeting', 1, { participants: [{ actor: 'envoy', role: 'MEDIATOR' }], invitations }),
      statement('consent', 2, 'AGREE', [{ actor: 'north', role: 'SPEAKER' }], 'meeting'),
    )
    expect(await offered()).toEqual({
      list: [['meeting', ['north', 'ACCEPTED', 'consent'], ['south', 'NO_ANSWER']]],
      offerCount: { made: 1, accepted: 1, refused: 0, conditional: 0, unanswered: 1, untold: 0 },
    })
  })
})

describe('a party of a mediator’s talks', () => {
  it('is met where the talk took place and it came, and counts once with whoever acts for it', async () => {
    const participants = [
      ...[
        { actor: 'envoy', role: 'MEDIATOR' },
        { actor: 'premier', role: 'PARTY', onBehalfOf: 'north' },
      ],
      ...[
        { actor: 'north', role: 'PARTY' },
        { actor: 'south', role: 'PARTY' },
      ],
    ]
    const declined = [{ invitee: 'south', response: 'DECLINED' }]
    await told(
      talk('held', 1, { participants, milestones: [{ status: 'HELD' }] }),
      talk('held-without-south', 2, { participants, milestones: [{ status: 'HELD' }], invitations: declined }),
      talk('going-on', 3, { participants, milestones: [{ status: 'ONGOING' }], extent: 'SERIES' }),
      talk('called-off', 4, { participants, milestones: [{ status: 'CANCELLED' }], invitations: declined }),
      talk('to-come', 5, { participants, milestones: [{ status: 'SCHEDULED' }] }),
    )
    const { parties } = await envoy(
      'parties { party { ref } metCount declinedCount otherCount met { ref } declined { ref } }',
    )
    expect(parties).toEqual([
      {
        ...{ party: { ref: 'north' }, metCount: 3, declinedCount: 0, otherCount: 2 },
        met: [{ ref: 'held' }, { ref: 'held-without-south' }, { ref: 'going-on' }],
        declined: [],
      },
      {
        ...{ party: { ref: 'south' }, metCount: 2, declinedCount: 2, otherCount: 1 },
        met: [{ ref: 'held' }, { ref: 'going-on' }],
        declined: [{ ref: 'held-without-south' }, { ref: 'called-off' }],
      },
    ])
  })
})

describe('what is held against a mediator', () => {
  it('are the statements that accuse it: aimed at it or, aimed at nobody, addressed to it', async () => {
    const accuse = (ref: string, on: number, ...others: object[]) =>
      statement(ref, on, 'ACCUSE', [{ actor: 'south', role: 'SPEAKER' }, ...others])
    await told(
      accuse('aimed-at-it', 1, { actor: 'envoy', role: 'TARGET' }),
      accuse('said-to-it', 2, { actor: 'envoy', role: 'ADDRESSEE' }),
      accuse('said-to-it-of-north', 3, { actor: 'envoy', role: 'ADDRESSEE' }, { actor: 'north', role: 'TARGET' }),
      accuse('of-north', 4, { actor: 'north', role: 'TARGET' }),
      statement('request', 5, 'REQUEST', [
        { actor: 'south', role: 'SPEAKER' },
        { actor: 'envoy', role: 'TARGET' },
      ]),
    )
    expect(refs((await envoy('accusations { ref }')).accusations)).toEqual(['aimed-at-it', 'said-to-it'])
  })

  it('are the reasons for declining what it offered, and those that name it as a word of their own', async () => {
    const declined = (ref: string, on: number, reason: string, participants: object[] = []) =>
      talk(ref, on, { participants, invitations: [{ invitee: 'south', response: 'DECLINED', reason }] })
    await told(
      declined('its-own', 1, 'No trust.', [{ actor: 'envoy', role: 'MEDIATOR' }]),
      declined('named', 2, 'South does not believe The Envoy.'),
      declined('part-of-a-word', 3, 'The Envoys are many.'),
      declined('not-a-name', 4, 'One the envoy would understand.'),
      talk('accepted', 5, { invitations: [{ invitee: 'north', response: 'ACCEPTED', reason: 'The Envoy asked.' }] }),
    )
    const { refusalReasons } = await envoy(
      'refusalReasons { talk { ref } claim { text } party { ref } refusesIt namesIt }',
    )
    expect(refusalReasons).toEqual([
      {
        ...{ talk: { ref: 'its-own' }, claim: { text: 'No trust.' }, party: { ref: 'south' } },
        ...{ refusesIt: true, namesIt: false },
      },
      {
        ...{ talk: { ref: 'named' }, claim: { text: 'South does not believe The Envoy.' }, party: { ref: 'south' } },
        ...{ refusesIt: false, namesIt: true },
      },
    ])
  })

  it('finds a name as it is written, whatever signs are in it', async () => {
    const named = (reason: string) => [{ invitee: 'south', response: 'DECLINED', reason }]
    const dispatch = dispatchOf(
      { id: 'r1', on: '2023-12-20' },
      talk('mediated', 1, { participants: [{ actor: 'ray', role: 'MEDIATOR' }] }),
      talk('named', 2, { invitations: named('Nobody trusts R.(+Ray): never.') }),
      talk('likewise', 3, { invitations: named('Nobody trusts RXX(+Ray): never.') }),
    )
    await api.record.ingest({ ...dispatch, actors: [{ id: 'ray', kind: 'PERSON', name: 'R.(+Ray)' }] })
    const { mediators } = await api.ask(
      '{ mediators(process: "north-south") { nodes { actor { ref } refusalReasons { talk { ref } } } } }',
    )
    expect(mediators.nodes).toEqual([
      { actor: { ref: 'envoy' }, refusalReasons: [] },
      { actor: { ref: 'ray' }, refusalReasons: [{ talk: { ref: 'named' } }] },
    ])
  })
})

describe('the record of many mediators', () => {
  it('takes no statement more for each of them', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `mediator-${i}`)
    const dispatch = dispatchOf(
      { id: 'r1', on: '2023-12-20' },
      talk('held', 1, {
        participants: [...names.map((actor) => ({ actor, role: 'MEDIATOR' })), { actor: 'north', role: 'PARTY' }],
        invitations: [{ invitee: 'south', response: 'DECLINED', reason: 'No trust.' }],
        milestones: [{ status: 'HELD' }],
      }),
      statement(
        'offer',
        2,
        'OFFER',
        names.map((actor) => ({ actor, role: 'SPEAKER' })),
      ),
      statement('accusation', 3, 'ACCUSE', [
        { actor: 'south', role: 'SPEAKER' },
        ...names.map((actor) => ({ actor, role: 'TARGET' })),
      ]),
      statement('refusal', 4, 'REJECT', [{ actor: 'south', role: 'SPEAKER' }], 'offer'),
    )
    await api.record.ingest({ ...dispatch, actors: names.map((id) => ({ id, kind: 'PERSON', name: `Person ${id}` })) })
    await caughtUp(api)
    const ask = async (first: number) => {
      const sent = recordStatements()
      // The first one by ref, the envoy, did nothing.
      const { mediators } = await api.ask(everything, { first: first + 1 })
      expect(mediators.nodes).toHaveLength(first + 1)
      const last = mediators.nodes.at(-1)
      expect(last).toMatchObject({ accusations: [{ ref: 'accusation' }], offerCount: { made: 2, refused: 2 } })
      expect(last.developments).toMatchObject({
        totalCount: 3,
        nodes: [{ ref: 'held' }, { ref: 'offer' }, { ref: 'accusation' }],
      })
      return sent.length
    }
    await ask(2)
    // Which lists are asked for in one turn of the loop hangs on which statement is answered first: a few more or less.
    expect(await ask(12)).toBeLessThanOrEqual((await ask(2)) + 3)
  })
})

const everything = `query ($first: Int!) {
  mediators(first: $first, process: "north-south", from: "2023-11-01") {
    nodes {
      actor { name }
      talks(status: [HELD]) { ref }
      talksByStatus { status count talks { ref } }
      parties { party { name } metCount met { ref } declined { ref } }
      statements { ref }
      offerCount { made refused }
      offers { development { ref } answers { party { name } response statements { ref } } }
      accusations { ref }
      refusalReasons { talk { ref } party { name } claim { text citation { report { ref } } } }
      developments { totalCount nodes { ref } }
      undatedCount
    }
  }
}`

const onDay = (of: number) => day(`2023-12-${String(of).padStart(2, '0')}`)

function talk(ref: string, on: number, fields: object): object {
  return {
    ...{ ref, kind: 'TALK', headline: 'A talk', extent: 'MEETING', citations: [{ locator: 'lead' }] },
    ...{ when: onDay(on), ...fields },
  }
}

function statement(ref: string, on: number, act: string, participants: object[], respondsTo?: string): object {
  return {
    ...{ ref, kind: 'STATEMENT', headline: 'A statement', act, issue: 'SINGLE', citations: [{ locator: 'lead' }] },
    ...{ when: onDay(on), participants },
    ...(respondsTo && { links: [{ type: 'RESPONDS_TO', to: respondsTo }] }),
  }
}

interface Ref {
  readonly ref: string
}
interface Answer {
  readonly party: Ref
  readonly response: string
  readonly statements: readonly Ref[]
}
