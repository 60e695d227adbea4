import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf, inTime, readDated } from '../../src/cli/publication.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { dispatchOf, exchange, processDocument } from '../support/sample.ts'

let folder: Folder
beforeAll(async () => {
  folder = await makeFolder()
  const swap = exchange({ status: 'AGREED', on: '2023-12-07' })
  const published = (earliest: string | undefined, latest?: string) => ({ earliest, latest, precision: 'RANGE' })
  const dispatch = (id: string, on: object) => ({
    process: 'north-south',
    report: { id, published: on },
    developments: [swap],
  })
  await folder.write('process.json', processDocument)
  await folder.write('a.json', dispatch('open-ended', published('2023-12-08')))
  await folder.write('b.json', dispatchOf({ id: 'later', on: '2023-12-09' }, swap))
  await folder.write('c.json', dispatch('since-the-day-before', published('2023-12-07', '2023-12-08')))
  await folder.write('d.json', dispatchOf({ id: 'earlier', on: '2023-12-07' }, swap))
  await folder.write('e.ndjson', `${JSON.stringify(dispatchOf({ id: 'in-lines', on: '2023-12-08' }, swap))}\n`)
})
afterAll(() => folder[Symbol.asyncDispose]())

test('reports come in the order of publication, not of file names; one whose end is open, when all others are out', async () => {
  const dated = await readDated(folder.path)
  expect(dated.map(({ published, report }) => `${dayOf(published)} ${report}`)).toEqual([
    '2023-12-07 earlier',
    '2023-12-08 since-the-day-before',
    '2023-12-08 in-lines',
    '2023-12-09 open-ended',
    '2023-12-09 later',
  ])
})

test('each is given when its time has come, at so many days a second, and where it stands is shown', async () => {
  const dated = await readDated(folder.path)
  const begin = performance.now()
  const given: number[] = []
  const shown: string[] = []
  const options = { speed: 5, signal: new AbortController().signal, show: (text: string) => shown.push(text) }
  for await (const _ of inTime(dated, options)) given.push(performance.now() - begin)
  expect(given).toHaveLength(5)
  // A day takes 200 ms, and what was known at its end is shown on the next one; timers may be late, never early by more than their grain.
  expect([given[1], given[2]].every((ms) => (ms ?? 0) > 195)).toBe(true)
  expect(given[4]).toBeGreaterThan(395)
  expect(shown[0]).toBe('2023-12-08, 1 of 5 reports')
})

test('none is given once it is told to stop, also amid a wait', async () => {
  const dated = await readDated(folder.path)
  const stop = new AbortController()
  const given: unknown[] = []
  for await (const found of inTime(dated, { speed: 0.001, signal: stop.signal, show: () => stop.abort() }))
    given.push(found)
  expect(given).toHaveLength(1)
})
