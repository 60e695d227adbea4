import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { stateOf } from '../support/refused.ts'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const ingest = `mutation ($dispatch: DispatchInput!) {
  ingest(dispatch: $dispatch) {
    __typename
    ... on Accepted { created amended unchanged revisions }
    ... on Refusal { message problems { path rule value message } }
  }
}`
const day = (on: string) => ({ earliest: on, latest: on, precision: 'DAY' })
const dispatch = (id: string, exchange: object) => ({
  process: 'north-south',
  report: { id, outlet: 'wire', published: day('2023-12-07') },
  developments: [{ exchange: { ref: 'swap', headline: 'A swap', citations: [{ locator: 'lead' }], ...exchange } }],
})
const leg = (best: number) => ({ legs: [{ key: 'a', releasedBy: 'Northville', receivedBy: 'South', count: { best } }] })

describe('ingest', () => {
  it('takes the same content as a file, typed, and says what became of it', async () => {
    const sent = dispatch('r1', { ...leg(32), milestones: [{ status: 'AGREED', when: day('2023-12-07') }] })
    expect(await api.ask(ingest, { dispatch: sent })).toEqual({
      ingest: { __typename: 'Accepted', created: ['swap'], amended: [], unchanged: false, revisions: 1 },
    })
    expect((await api.ask(ingest, { dispatch: sent })).ingest).toMatchObject({ unchanged: true, revisions: 0 })
    const { development } = await api.ask(
      '{ development(ref: "swap") { status ... on Exchange { legs { count { best } } } } }',
    )
    expect(development).toEqual({ status: 'AGREED', legs: [{ count: { best: 32 } }] })
  })

  it('introduces actors with their kind and other names, as a file does', async () => {
    const envoy = {
      ...{ id: 'envoy-x', kind: 'PERSON', name: 'Envoy X', partOf: 'North' },
      names: [{ name: 'The go-between', kind: 'METONYM' }],
    }
    const participants = [{ actor: 'The go-between', role: 'FACILITATOR' }]
    const sent = { ...dispatch('r5', { ref: 'swap-2', participants }), actors: [envoy] }
    expect((await api.ask(ingest, { dispatch: sent })).ingest).toMatchObject({ created: ['swap-2'] })
    const query =
      '{ development(ref: "swap-2") { participants { actor { ref kind partOf { ref } names { name kind } } } } }'
    expect((await api.ask(query)).development.participants).toEqual([
      {
        actor: {
          ...{ ref: 'envoy-x', kind: 'PERSON', partOf: { ref: 'north' } },
          names: [
            { name: 'Envoy X', kind: 'OFFICIAL' },
            { name: 'The go-between', kind: 'METONYM' },
          ],
        },
      },
    ])
  })

  it('refuses what the contract refuses, with path, rule and value, and leaves the feed where it was', async () => {
    const before = await api.record.head()
    const { ingest: refusal } = await api.ask(ingest, { dispatch: dispatch('r2', leg(-3)) })
    expect(refusal).toEqual({
      __typename: 'Refusal',
      message: 'developments[0].legs[0].count.best: must be a number of at least 0, got -3',
      problems: [
        {
          ...{ path: 'developments[0].legs[0].count.best', rule: 'must be a number of at least 0', value: '-3' },
          message: 'developments[0].legs[0].count.best: must be a number of at least 0, got -3',
        },
      ],
    })
    expect(await api.record.head()).toBe(before)
  })

  it.each([
    ['an unknown field', { colour: 'red' }, /Field "colour" is not defined by type "ExchangeInput"/],
    ['an unknown word', { milestones: [{ status: 'FINISHED' }] }, /Value "FINISHED" does not exist in "Status" enum/],
    ['a wrong type', { headline: 7 }, /String cannot represent a non string value: 7/],
  ])('refuses %s by its types already', async (_what, fields, message) => {
    expect(await api.refused(ingest, { dispatch: dispatch('r3', fields) })).toEqual([expect.stringMatching(message)])
  })

  it('refuses a development of two kinds', async () => {
    const two = dispatch('r4', {})
    Object.assign(two.developments[0] as object, {
      pledge: { ref: 'x', headline: 'x', citations: [{}], strength: 'HOPE' },
    })
    expect(await api.refused(ingest, { dispatch: two })).toEqual([
      expect.stringContaining('Exactly one key must be specified'),
    ])
  })
})

describe('the desk', () => {
  const result = '{ __typename ... on DeskResult { ref revisions } ... on Refusal { message } }'
  const act = (field: string, type: string) => (input: object) =>
    api.ask(`mutation ($input: ${type}!) { result: ${field}(input: $input) ${result} }`, { input })
  const correct = act('correct', 'CorrectionInput')
  const retract = act('retract', 'WithdrawalInput')
  const reinstate = act('reinstate', 'WithdrawalInput')

  it('corrects, retracts and reinstates, each with a reason that readers see', async () => {
    const value = { figure: { measure: 'RELEASED', best: 32 } }
    const replace = { aspect: 'FIGURE', key: 'leg/a', value, by: { figure: { measure: 'RELEASED', best: 33 } } }
    expect(await correct({ ref: 'swap', reason: 'Misread', basis: 'OUR_MISTAKE', changes: [{ replace }] })).toEqual({
      result: { __typename: 'DeskResult', ref: 'swap', revisions: 1 },
    })
    const { development } = await api.ask(`{ development(ref: "swap") {
      revision { action reason report { ref } changes { path before after } }
      claims(aspect: [FIGURE]) { text rank rankReason standing }
    } }`)
    expect(development.revision).toMatchObject({ action: 'CORRECTED', reason: 'Misread', report: null })
    expect(development.revision.changes.map((c: { path: string }) => c.path)).toContain('legs[a]')
    expect(development.claims).toEqual([
      { text: '32', rank: 'DEPRECATED', rankReason: 'Misread', standing: false },
      { text: '33', rank: 'NORMAL', rankReason: 'Misread', standing: true },
    ])
    expect(await retract({ ref: 'swap', reason: 'A hoax' })).toEqual({
      result: { __typename: 'DeskResult', ref: 'swap', revisions: 1 },
    })
    expect(await reinstate({ ref: 'swap', reason: 'True after all' })).toMatchObject({ result: { ref: 'swap' } })
  })

  it.each([
    [
      'a correction of nothing',
      () => correct({ ref: 'none', reason: 'x', basis: 'OUR_MISTAKE' }),
      'ref: must be the ref of a development in the record, got "none"',
    ],
    [
      'a correction that changes nothing',
      () => correct({ ref: 'swap', reason: 'x', basis: 'OUR_MISTAKE' }),
      'the dispatch: must change something: the record says this already',
    ],
    [
      'a reinstatement of what stands',
      () => reinstate({ ref: 'swap', reason: 'x' }),
      'ref: must be retracted before it is reinstated, got "swap"',
    ],
  ])('refuses %s', async (_what, ask, message) => {
    const before = await api.record.head()
    expect((await ask()).result).toEqual({ __typename: 'Refusal', message })
    expect(await api.record.head()).toBe(before)
  })
})

describe('a preview', () => {
  const preview = 'preview { isPreview revisions { ref action headline changes { path after } } }'
  const accepted = `__typename ... on Accepted { created heldUntil revisions ${preview} } ... on Refusal { message }`
  const take = async (sent: object, isPreview: boolean) =>
    (
      await api.ask(
        `mutation ($sent: DispatchInput!, $isPreview: Boolean) { result: ingest(dispatch: $sent, preview: $isPreview) { ${accepted} } }`,
        { sent, isPreview },
      )
    ).result
  const desk = async (field: string, input: string, isPreview: boolean) =>
    (
      await api.ask(
        `mutation ($isPreview: Boolean) { result: ${field}(input: { ref: "shown", reason: "x" ${input} }, preview: $isPreview) {
          __typename ... on DeskResult { ref revisions ${preview} } ... on Refusal { message } } }`,
        { isPreview },
      )
    ).result

  it('of a dispatch tells what would be written, also after an embargo, and writes nothing', async () => {
    const sent = dispatch('shown-report', { ref: 'shown', ...leg(3) })
    const before = await stateOf(api.record)
    const told = await take(sent, true)
    expect(told).toMatchObject({
      ...{ __typename: 'Accepted', created: ['shown'], heldUntil: null, revisions: 1 },
      preview: { isPreview: true, revisions: [{ ref: 'shown', action: 'CREATED', headline: 'A swap' }] },
    })
    const held = await take({ ...sent, embargoUntil: '2024-02-01T00:00:00Z' }, true)
    expect(held).toMatchObject({ created: [], heldUntil: '2024-02-01T00:00:00.000Z', preview: told.preview })
    expect(await take(dispatch('shown-report', { ref: 'shown', ...leg(-3) }), true)).toEqual({
      __typename: 'Refusal',
      message: 'developments[0].legs[0].count.best: must be a number of at least 0, got -3',
    })
    expect(await stateOf(api.record)).toEqual(before)
    expect(await take(sent, false)).toEqual({ ...told, preview: null })
  })

  it.each([
    ['correct', ', basis: OUR_MISTAKE, headline: "Reworded"', 'CORRECTED', 'Reworded'],
    ['retract', '', 'RETRACTED', 'Reworded'],
    ['reinstate', '', 'REINSTATED', 'Reworded'],
  ])(
    'of what the desk does tells what would be written, and writes nothing: %s',
    async (field, input, action, headline) => {
      const before = await stateOf(api.record)
      const told = await desk(field, input, true)
      expect(told).toMatchObject({ ref: 'shown', revisions: 1, preview: { revisions: [{ ref: 'shown', action }] } })
      if (field === 'correct')
        expect(told.preview.revisions[0].changes).toContainEqual({ path: 'headline', after: headline })
      expect(await stateOf(api.record)).toEqual(before)
      expect(await desk(field, input, false)).toEqual({ ...told, preview: null })
    },
  )
})
