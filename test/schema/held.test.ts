import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'

let api: Api
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const day = (on: string) => ({ earliest: on, latest: on, precision: 'DAY' })
const dispatch = (ref: string, fields: object = {}) => ({
  process: 'north-south',
  report: { id: `report-${ref}`, outlet: 'wire', published: day('2023-12-07') },
  developments: [{ exchange: { ref, headline: 'A swap', citations: [{ locator: 'lead' }], ...fields } }],
})

async function hold(ref: string, embargoUntil = '2024-02-01T12:00:00+04:00'): Promise<string> {
  const { ingest } = await api.ask(
    `mutation ($dispatch: DispatchInput!) { ingest(dispatch: $dispatch) {
      ... on Accepted { dispatch created heldUntil unchanged } ... on Refusal { message } } }`,
    { dispatch: { ...dispatch(ref), embargoUntil } },
  )
  expect(ingest).toMatchObject({ created: [], unchanged: false })
  return ingest.dispatch
}

const one = `id report embargoUntil standing heldAt by editedAt editedBy endedAt endedBy reason body dispatch
  problems { message } preview { ... on Mended { isPreview revisionCount revisions { ref action position } } ... on Refusal { message } }`
const refusal = '... on Refusal { refused: message reasons: problems { path } }'
async function list(args = ''): Promise<{ [field: string]: unknown }[]> {
  return (await api.ask(`{ heldDispatches${args} { nodes { ${one} } } }`)).heldDispatches.nodes
}
const act = async (field: string, args: string, variables: object = {}, declared = '') => {
  const became = field === 'releaseHeld' ? '... on Accepted { created heldUntil }' : `... on HeldDispatch { ${one} }`
  const mutation = `mutation ${declared} { result: ${field}(${args}) { __typename ${became} ${refusal} } }`
  return (await api.ask(mutation, variables)).result
}

describe('heldDispatches', () => {
  it('lists what is held, the one that is due first at the head, with what each would write now', async () => {
    const later = await hold('later', '2024-03-01T00:00:00Z')
    const sooner = await hold('sooner')
    expect(await list()).toMatchObject([
      {
        ...{ id: sooner, dispatch: sooner, report: 'report-sooner', standing: 'HELD' },
        ...{ embargoUntil: '2024-02-01T08:00:00.000Z', heldAt: '2024-01-01T00:00:00.000Z', by: 'test', problems: [] },
        body: { report: { id: 'report-sooner' }, developments: [{ kind: 'EXCHANGE', ref: 'sooner' }] },
        preview: { isPreview: true, revisions: [{ ref: 'sooner', action: 'CREATED', position: 1 }] },
      },
      { id: later, preview: { revisions: [{ ref: 'later', action: 'CREATED', position: 1 }] } },
    ])
    expect(await api.record.head()).toBe(0)
    const first = (await api.ask('{ heldDispatches(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } }'))
      .heldDispatches
    expect(first).toMatchObject({ nodes: [{ id: sooner }], pageInfo: { hasNextPage: true } })
    const rest = await api.ask(
      `{ heldDispatches(after: "${first.pageInfo.endCursor}") { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`,
    )
    expect(rest.heldDispatches).toEqual({
      nodes: [{ id: later }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
    expect(await api.refused('{ heldDispatches(after: "x") { nodes { id } } }')).toEqual([
      'after: must be a cursor that this list gave out, got "x"',
    ])
  })

  it('tells in the preview why the record would refuse one by now', async () => {
    const id = await hold('turned')
    const incident = { ref: 'turned', headline: 'x', type: 'ASSAULT', citations: [{ locator: 'lead' }] }
    await api.ask(
      `mutation ($dispatch: DispatchInput!) { ingest(dispatch: $dispatch) { ... on Accepted { created } } }`,
      {
        dispatch: {
          ...dispatch('turned'),
          report: { id: 'open', published: day('2023-12-07') },
          developments: [{ incident }],
        },
      },
    )
    const held = (await list()).find((row) => row.id === id)
    expect(held?.preview).toEqual({ message: expect.stringContaining('developments[0].kind: must be INCIDENT') })
    expect(await act('releaseHeld', `id: "${id}"`)).toMatchObject({
      __typename: 'Refusal',
      reasons: [{ path: 'developments[0].kind' }],
    })
    expect((await list()).find((row) => row.id === id)).toMatchObject({ standing: 'HELD' })
  })
})

describe('the desk', () => {
  it('releases, edits, postpones and discards what is held', async () => {
    const id = await hold('swap')
    const edited = await act(
      'editHeld',
      `id: "${id}", dispatch: $dispatch`,
      { dispatch: dispatch('swap', { headline: 'Edited' }) },
      '($dispatch: DispatchInput!)',
    )
    expect(edited).toMatchObject({
      ...{ __typename: 'HeldDispatch', id, editedBy: 'test', body: { developments: [{ headline: 'Edited' }] } },
      embargoUntil: '2024-02-01T08:00:00.000Z',
    })
    expect(edited.dispatch).not.toBe(id)
    expect(await act('postponeHeld', `id: "${id}", until: "2024-05-01T00:00:00Z"`)).toMatchObject({
      ...{ id, embargoUntil: '2024-05-01T00:00:00.000Z', standing: 'HELD' },
    })
    expect(await act('postponeHeld', `id: "${id}", until: "2023-05-01T00:00:00Z"`)).toMatchObject({
      refused: 'until: must lie ahead: releaseHeld takes it in now, got "2023-05-01T00:00:00.000Z"',
    })
    expect(await act('discardHeld', `id: "${id}", reason: ""`)).toMatchObject({
      refused: 'reason: must not be empty, got ""',
    })
    expect(await act('discardHeld', `id: "${id}", reason: "Untrue"`)).toMatchObject({
      ...{ id, standing: 'DISCARDED', reason: 'Untrue', endedBy: 'test' },
    })
    expect((await list()).map((row) => row.id)).not.toContain(id)
    expect(await act('releaseHeld', `id: "${id}"`)).toEqual({
      __typename: 'Accepted',
      created: ['swap'],
      heldUntil: null,
    })
    const ended = (await list('(ended: true)')).find((row) => row.id === id)
    expect(ended).toMatchObject({ standing: 'RELEASED', preview: { revisionCount: 0 } })
    const { development } = await api.ask('{ development(ref: "swap") { headline } }')
    expect(development).toEqual({ headline: 'Edited' })
    expect(await act('releaseHeld', 'id: "none"')).toMatchObject({
      refused: 'id: must be the id of a dispatch that is held, got "none"',
    })
  })
})
