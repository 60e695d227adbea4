import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openSeededApi } from '../support/api.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const file = new URL('../../src/transport/questions/12-mediators-record.graphql', import.meta.url)
const question = readFileSync(file, 'utf8')
const window = ', from: "2023-10-01", to: "2023-12-31"'
const recordOf = async (query = question): Promise<{ [name: string]: Mediator }> => {
  const { mediators } = await api.ask(query)
  return Object.fromEntries(mediators.nodes.map((mediator: Mediator) => [mediator.actor.name, mediator]))
}
const asked = async (args: string, fields: string) =>
  (await api.ask(`{ mediators(process: "armenia-azerbaijan"${args}) { nodes { actor { ref } ${fields} } } }`)).mediators
    .nodes
const refs = (list: readonly { readonly ref: string }[]) => list.map(({ ref }) => ref)
const offered = ({ offers }: Mediator) =>
  offers.map(({ development, answers }) => [
    development.ref,
    ...answers.map(({ party, response, statements }) => [party.name, response, refs(statements)]),
  ])
const reasons = ({ refusalReasons }: Mediator) =>
  refusalReasons.map(({ talk, claim, refusesIt, namesIt }) => [talk.ref, claim.text, refusesIt, namesIt])

describe('the record of the mediators in the five reports', () => {
  it('What is each mediator’s record since October 2023?', async () => {
    const record = await recordOf()
    expect(Object.keys(record)).toEqual([
      ...['European Union', 'Emmanuel Macron', 'Charles Michel', 'Russia', 'Olaf Scholz', 'United States'],
    ])
    const talks = ({ talksByStatus }: Mediator) =>
      talksByStatus.map((t) => [t.status, t.count, t.certainCount, refs(t.talks)])
    // Spain is told of October. The leaders met before 7 December: so possibly, but not for certain, since October.
    const spain = ['CANCELLED', 1, 1, ['spain-talks']]
    const leaders = ['HELD', 1, 0, ['leaders-meetings']]
    expect(Object.values(record).map(talks)).toEqual([
      [spain, leaders],
      [spain],
      [spain, leaders],
      [leaders],
      [spain],
      [leaders],
    ])
    const met = ({ parties }: Mediator) => parties.map((p) => [p.party.name, p.metCount, p.declinedCount, p.otherCount])
    expect(met(record['Charles Michel'] as Mediator)).toEqual([
      ['Armenia', 1, 0, 1],
      ['Azerbaijan', 1, 1, 0],
    ])
    expect(met(record['Olaf Scholz'] as Mediator)).toEqual([
      ['Armenia', 0, 0, 1],
      ['Azerbaijan', 0, 1, 0],
    ])
    const spainOffer = [['spain-talks', ['Azerbaijan', 'DECLINED', []]]]
    expect(Object.values(record).map(offered)).toEqual([spainOffer, spainOffer, spainOffer, [], spainOffer, []])
    expect(record['European Union']?.offerCount).toEqual({ made: 1, accepted: 0, refused: 1, untold: 0 })
    const developments = record['United States']?.developments
    expect(developments?.totalCount).toBe(5)
    expect(refs(developments?.nodes ?? [])).toEqual([
      ...['miller-welcome', 'powers-welcome', 'armenia-mfa-accepts', 'leaders-meetings', 'exchange-32-2'],
    ])
  })

  it('has the reasons for refusing each, and says of which it is the offer and whom they name', async () => {
    const record = await recordOf()
    const west = ['spain-talks', 'Western countries are biased.', true, false]
    expect(reasons(record['Charles Michel'] as Mediator)).toEqual([
      west,
      ['spain-talks', 'France is biased.', true, false],
    ])
    // Macron was to mediate for France.
    expect(reasons(record['Emmanuel Macron'] as Mediator)).toEqual([
      west,
      ['spain-talks', 'France is biased.', true, true],
    ])
    // No report says that the US was to mediate on 20 November, but one reason names Washington.
    expect(reasons(record['United States'] as Mediator)).toEqual([['us-talks', 'Washington is biased.', false, true]])
    expect(reasons(record.Russia as Mediator)).toEqual([])
    expect(Object.values(record).map(({ accusations }) => accusations)).toEqual([[], [], [], [], [], []])
  })

  it('leaves undated talks out of a window and says how many; of all times, Blinken’s offer is accepted by Armenia', async () => {
    const windowed = (await recordOf())['United States'] as Mediator
    expect(windowed).toMatchObject({ undatedCount: 2, offers: [] })
    const whole = (await recordOf(question.replace(window, '')))['United States'] as Mediator
    expect(whole.talksByStatus.map((t) => [t.status, t.count, t.certainCount])).toEqual([
      ['HELD', 1, 1],
      ['STALLED', 1, 1],
    ])
    // Once, although both the invitation and a statement tell it.
    expect(offered(whole)).toEqual([['washington-ministers', ['Armenia', 'ACCEPTED', ['armenia-mfa-accepts']]]])
    expect(whole.offerCount).toEqual({ made: 1, accepted: 1, refused: 0, untold: 0 })
    expect(refs(whole.developments.nodes)).toContain('washington-ministers')
  })

  it('of days holds what may have happened on them, from the first to the last one', async () => {
    const spoke = async (args: string) =>
      (await asked(args, 'statements { ref }'))
        .filter((m: Mediator) => m.statements.length > 0)
        .map((m: { actor: { ref: string }; statements: { ref: string }[] }) => [m.actor.ref, ...refs(m.statements)])
    const all = [
      ['eu', 'michel-welcome', 'powers-welcome'],
      ['michel', 'michel-welcome'],
      ['russia', 'powers-welcome'],
      ['us', 'miller-welcome', 'powers-welcome'],
    ]
    expect(await spoke(', from: "2023-12-08", to: "2023-12-08"')).toEqual(all)
    const powers = ['eu', 'russia', 'us'].map((actor) => [actor, 'powers-welcome'])
    expect(await spoke(', from: "2023-12-09"')).toEqual(powers)
    expect(await spoke(', from: "2023-12-14"')).toEqual([])
    expect(await spoke(', to: "2023-12-06"')).toEqual([])
    expect(await spoke(', to: "2023-12-07"')).toEqual(all)
  })

  it('can be narrowed to talks of a status, and is read from a viewpoint', async () => {
    const held = await asked('', 'talks(status: [HELD]) { ref }')
    expect(
      held.filter((m: { talks: [] }) => m.talks.length > 0).map((m: { actor: { ref: string } }) => m.actor.ref),
    ).toEqual([...['eu', 'michel', 'russia', 'us']])
    const before = await asked(', asOf: "2023-12-07T23:59:59.999Z"', 'talks { ref }')
    expect(before.flatMap((m: { talks: { ref: string }[] }) => refs(m.talks))).toEqual([])
  })

  it('follows page after page, forwards and backwards, until every development was given once', async () => {
    const page = async (args: string) => {
      const fields = `developments(${args}) { nodes { ref } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`
      return (await asked('', fields))[0].developments
    }
    const whole = refs((await page('first: 100')).nodes)
    expect(whole).toEqual([
      ...['brussels-may', 'spain-talks', 'michel-welcome', 'powers-welcome', 'leaders-meetings', 'exchange-32-2'],
      'normalisation-track',
    ])
    const forwards: string[] = []
    for (let after = ''; ; ) {
      const next = await page(`first: 3${after}`)
      forwards.push(...refs(next.nodes))
      if (!next.pageInfo.hasNextPage) break
      after = `, after: "${next.pageInfo.endCursor}"`
    }
    expect(forwards).toEqual(whole)
    const backwards: string[] = []
    for (let before = ''; ; ) {
      const next = await page(`last: 3${before}`)
      backwards.unshift(...refs(next.nodes))
      if (!next.pageInfo.hasPreviousPage) break
      before = `, before: "${next.pageInfo.startCursor}"`
    }
    expect(backwards).toEqual(whole)
  })

  it.each([
    ['process: "mars"', 'process: must be the ref of a process (see `processes`), got "mars"'],
    [
      'process: "armenia-azerbaijan", from: "2023-12-02", to: "2023-12-01"',
      'to: must not lie before `from`, got "2023-12-01"',
    ],
  ])('refuses what cannot be asked: %s', async (args, message) => {
    expect(await api.refused(`{ mediators(${args}) { totalCount } }`)).toEqual([message])
  })
})

interface Ref {
  readonly ref: string
}
interface Named {
  readonly name: string
}
interface Mediator {
  readonly actor: Named
  readonly talksByStatus: readonly { status: string; count: number; certainCount: number; talks: readonly Ref[] }[]
  readonly parties: readonly { party: Named; metCount: number; declinedCount: number; otherCount: number }[]
  readonly statements: readonly Ref[]
  readonly offerCount: object
  readonly offers: readonly {
    readonly development: Ref
    readonly answers: readonly { party: Named; response: string; statements: readonly Ref[] }[]
  }[]
  readonly accusations: readonly Ref[]
  readonly refusalReasons: readonly {
    readonly talk: Ref
    readonly claim: { readonly text: string }
    readonly refusesIt: boolean
    readonly namesIt: boolean
  }[]
  readonly developments: { readonly totalCount: number; readonly nodes: readonly Ref[] }
}
