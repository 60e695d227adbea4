import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faults } from '../../bench/soak/faults.ts'
import { filters } from '../../bench/soak/filters.ts'
import { openJournal } from '../../bench/soak/journal.ts'
import { type Due, judge } from '../../bench/soak/judge.ts'
import { slopeOf } from '../../bench/soak/memory.ts'
import { readOptions } from '../../bench/soak/options.ts'
import { kindOf } from '../../bench/soak/post.ts'
import { report } from '../../bench/soak/report.ts'
import { soak } from '../../bench/soak/run.ts'
import { ways } from '../../bench/soak/streams.ts'
import { openTroubles } from '../../bench/soak/trouble.ts'
import { type Evidence, type Followed, findings } from '../../bench/soak/verdict.ts'
import { type Command, start } from '../support/command.ts'
import { type Folder, makeFolder } from '../support/folder.ts'

const due = (position: number, mayBeWithheld = false): Due => ({
  ...{ position, ref: `swap-${position}`, action: 'CREATED', mayBeWithheld },
})
const all = [due(1), due(2), due(4, true), due(5)]

describe('what a follower got', () => {
  it('is right when it is all that was due, in order, with or without what was withheld since', () => {
    const right = { lost: [], doubled: [], disordered: [], foreign: [] }
    expect(judge(all, all)).toEqual({ matches: 4, ...right })
    expect(judge([due(1), due(2), due(5)], all)).toEqual({ matches: 3, ...right })
  })

  it.each([
    { what: 'lost', got: [due(1), due(4), due(5)], positions: [2] },
    { what: 'lost', got: [due(1), due(2), due(4)], positions: [5] },
    { what: 'doubled', got: [...all, due(5)], positions: [5] },
    { what: 'disordered', got: [due(2), due(1), due(4), due(5)], positions: [1] },
    { what: 'foreign', got: [due(1), due(2), due(3), due(4), due(5)], positions: [3] },
    { what: 'foreign', got: [due(1), { ...due(2), action: 'AMENDED' }, due(4), due(5)], positions: [2] },
    { what: 'foreign', got: [due(1), { ...due(2), ref: 'swap-1' }, due(4), due(5)], positions: [2] },
  ])('is $what where it is: $positions', ({ what, got, positions }) => {
    expect(judge(got, all)).toMatchObject({
      ...{ lost: [], doubled: [], disordered: [], foreign: [] },
      [what]: positions,
    })
  })

  it('tells by previousPosition alone that something before an item did not come', () => {
    const journal = openJournal('SSE', 'everything', undefined)
    const item = (position: number, previousPosition: number, action?: string) =>
      journal.take({ cursor: `c${position}`, position, previousPosition, action, ref: 'swap' })
    item(4, 2)
    item(6, 4, 'CREATED')
    item(9, 6)
    item(10, 6, 'CREATED')
    expect(journal).toMatchObject({ from: 4, upTo: 10, cursor: 'c10', gaps: 0 })
    item(13, 12, 'CREATED')
    expect(journal.gaps).toBe(1)
  })
})

describe('the verdict', () => {
  const followed: Followed = {
    ...{ way: '/feed', filter: 'talks', from: 2, upTo: 6, gaps: 0, returns: 3, isStanding: true },
    ...{ matches: 2, lost: [], doubled: [], disordered: [], foreign: [] },
  }
  const sound: Evidence = {
    ledger: {
      written: [
        { id: 'aa', by: 'dispatch', revisions: 2, created: ['swap', 'talk'] },
        { id: 'bb', by: 'dispatch', revisions: null, created: [] },
        { id: 'Soak: 1', by: 'desk', revisions: 1, created: [] },
      ],
      wrong: [],
    },
    base: 2,
    recorded: {
      ...{ head: 6, revisions: 4, dispatches: new Map(Object.entries({ aa: 2, bb: 1 })) },
      desk: new Map([['Soak: 1', { actions: 1, revisions: 1 }]]),
      created: new Map(Object.entries({ swap: 1, talk: 1, other: 1 })),
    },
    ...{ holes: [], followed: [followed], overdue: [] },
    troubles: [{ who: 'writer', what: 'ECONNRESET', times: 4, unexplained: 0 }],
  }
  const { ledger, recorded } = sound
  const [first] = ledger.written as [(typeof ledger.written)[number]]

  it('finds nothing where everything is there once', () => {
    expect(findings(sound)).toEqual([])
  })

  it.each<[string, Partial<Evidence>, RegExp]>([
    [
      'a dispatch that was accepted and is not there',
      { ledger: { written: [...ledger.written, { ...first, id: 'cc' }], wrong: [] } },
      /dispatch cc was accepted and is not/,
    ],
    [
      'a dispatch that was counted twice',
      { ledger: { written: [...ledger.written, first], wrong: [] } },
      /aa was accepted and is not in the record, or it was counted twice/,
    ],
    [
      'a dispatch that nobody heard of',
      { ledger: { written: ledger.written.slice(0, 2), wrong: [] } },
      /desk action Soak: 1 is in the record, and nobody heard/,
    ],
    [
      'revisions that were not told',
      { recorded: { ...recorded, dispatches: new Map(Object.entries({ aa: 3, bb: 1 })) } },
      /said to write 2 revisions, and the record has 3/,
    ],
    [
      'a desk action that was done twice',
      { recorded: { ...recorded, desk: new Map([['Soak: 1', { actions: 2, revisions: 1 }]]) } },
      /Soak: 1 is in the record 2 times/,
    ],
    [
      'a development that was created twice',
      { recorded: { ...recorded, created: new Map(Object.entries({ swap: 2, talk: 1 })) } },
      /swap was created 2 times/,
    ],
    [
      'a revision of nothing that was sent',
      { recorded: { ...recorded, revisions: 5, head: 7 } },
      /has 5 new revisions, 4 of them/,
    ],
    ['a head beyond the revisions', { recorded: { ...recorded, head: 7 } }, /head is 7, not 6/],
    ['a hole', { holes: [4] }, /no positions 4/],
    [
      'a follower that lost something',
      { followed: [{ ...followed, lost: [3, 4] }] },
      /by \/feed of talks, 2 to 6, lost 3, 4/,
    ],
    ['a follower that got something twice', { followed: [{ ...followed, doubled: [3] }] }, /got twice 3/],
    ['a follower that was told of a gap', { followed: [{ ...followed, gaps: 1 }] }, /1 gaps/],
    ['a follower that never began', { followed: [{ ...followed, from: null }] }, /never told where it begins/],
    [
      'an error that no fault explains',
      { troubles: [{ who: 'question', what: 'Unexpected error.', times: 2, unexplained: 1 }] },
      /question: Unexpected error\., 1 times/,
    ],
    [
      'an answer that should not have been given',
      { ledger: { ...ledger, wrong: ['It was refused.'] } },
      /^It was refused\.$/,
    ],
    ['what took too long', { overdue: ['It was late.'] }, /^It was late\.$/],
  ])('finds %s', (_, change, sentence) => {
    const found = findings({ ...sound, ...change })
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]))
  })
})

describe('an error', () => {
  it('is explained by a fault that brings it about, while that is under way and for a moment after it', () => {
    let now = 0
    const troubles = openTroubles(() => now)
    const unexplained = () => troubles.list().reduce((sum, trouble) => sum + trouble.unexplained, 0)
    const end = troubles.begin(['database'])
    troubles.note('question', 'UNAVAILABLE')
    now = 60_000
    troubles.note('question', 'UNAVAILABLE')
    expect(unexplained()).toBe(0)
    troubles.note('question', 'ECONNRESET')
    troubles.note('question', 'Unexpected error.')
    expect(unexplained()).toBe(2)
    end()
    now += 4000
    troubles.note('question', 'UNAVAILABLE')
    expect(unexplained()).toBe(2)
    now += 4000
    troubles.note('question', 'UNAVAILABLE')
    expect(unexplained()).toBe(3)
    // It was asked while the database was away, and answered late.
    troubles.note('question', 'UNAVAILABLE', now - 6000)
    expect(unexplained()).toBe(3)
  })

  it('is told by its code where it has one, and else by what is said', () => {
    const failed = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
    expect(kindOf(failed)).toBe('ECONNREFUSED')
    expect(kindOf({ message: 'Not now.', extensions: { code: 'UNAVAILABLE' } })).toBe('UNAVAILABLE')
    const masked = { message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR', unexpected: true } }
    expect(kindOf(masked)).toBe('Unexpected error.')
    expect(kindOf(new Error('The connection was closed: 1012 Service restart.'))).toBe('close 1012')
  })
})

it('memory that grows is told by the minute', () => {
  const samples = Array.from({ length: 20 }, (_, i) => ({ minute: i / 2, megabytes: 100 + 3 * (i / 2) + (i % 2) }))
  expect(slopeOf(samples)).toBeCloseTo(3, 1)
  expect(slopeOf(samples.slice(0, 5))).toBeNaN()
})

describe('a soak', () => {
  const every = 'of every fault once loses nothing, doubles nothing and meets no error that no fault explains'
  const isAsked = process.env.SOAK === 'yes'
  it.skipIf(!isAsked)(
    `${every}${isAsked ? '' : ' (skipped: takes two minutes; SOAK=yes)'}`,
    async () => {
      const plan = { seed: 7, ms: 600_000, rounds: 1, pace: 0.2, signal: new AbortController().signal, show: () => {} }
      const soaked = await soak(plan)
      expect(findings(soaked)).toEqual([])
      expect(soaked.happened.map(({ fault }) => fault).sort()).toEqual(faults.map(({ name }) => name).sort())
      const { accepted, refused, corrected, retracted, reinstated } = soaked.ledger.counts
      expect([accepted, refused, corrected + retracted + reinstated].filter((times) => times === 0)).toEqual([])
      const { followed, answers } = soaked
      expect(new Set(followed.filter(({ matches }) => matches > 0).map(({ way }) => way))).toEqual(
        new Set(Object.keys(ways)),
      )
      expect(new Set(followed.map(({ filter }) => filter))).toEqual(new Set(filters.map(({ name }) => name)))
      expect(followed.some(({ isStanding }) => !isStanding)).toBe(true)
      expect(answers.questions.length).toBeGreaterThan(0)
      expect(report(soaked, { command: 'npm run soak', seed: 7 })).toContain('**Nothing was lost')
    },
    900_000,
  )
})

describe('npm run soak', () => {
  let folder: Folder
  let command: Command | undefined
  beforeEach(async () => {
    folder = await makeFolder()
  })
  afterEach(async () => {
    command?.child.kill('SIGKILL')
    await folder[Symbol.asyncDispose]()
  })

  it('takes minutes and a seed', () => {
    expect(readOptions(['--minutes', '3', '--seed', '9'])).toEqual({
      ...{ minutes: 3, seed: 9, command: 'npm run soak -- --minutes 3 --seed 9' },
    })
    expect(readOptions([])).toMatchObject({ minutes: 20, seed: 1 })
    expect(readOptions(['--help'])).toBeUndefined()
    expect(() => readOptions(['--minutes', '0'])).toThrow('--minutes takes whole numbers from 1 to 1440, got 0')
    expect(() => readOptions(['--hours', '1'])).toThrow('npm run soak -- [--minutes N]')
  })

  it('is quiet in a pipe, and at a Ctrl-C prints its report and leaves nothing behind', async () => {
    command = start('../bench/soak', ['--minutes', '60'], { env: { TMPDIR: folder.path } })
    const isServing = async () =>
      (await readdir(folder.path, { recursive: true })).some((path) =>
        path.endsWith(join('postgres', 'postmaster.pid')),
      )
    await expect.poll(isServing, { timeout: 120_000 }).toBe(true)
    command.child.kill('SIGINT')
    const { code, stdout, stderr } = await command.finish()
    expect(code).toBe(0)
    expect(stderr).toMatch(/^(Still settling; Ctrl-C ends it at once\n)?$/)
    expect(stdout).toMatch(
      /^`npm run soak -- --minutes 60`, seed 1, \d+\.\d minutes, ended early\. .*\n\n\*\*Nothing was lost/,
    )
    expect((await readdir(folder.path)).filter((name) => name.startsWith('parley-'))).toEqual([])
  }, 300_000)
})
