import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type Log, type LogOptions, openLog } from '../../src/log/log.ts'

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl'
const KEY = `parley_0f3c5a7b9d1e_${'s'.repeat(43)}`

/** A log that is written to memory. */
function opened(form: LogOptions['form'], level: LogOptions['level'] = 'debug') {
  const out: string[] = []
  const err: string[] = []
  const log = openLog({
    ...{ form, level },
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
  })
  return { log, out: () => out.join(''), err: () => err.join(''), all: () => [...out, ...err].join('') }
}

const request = { requestId: 'r-1', method: 'GET', path: '/graphql', status: 200, ms: 3 }
/** What people send, in every way in which it could reach a line. */
function tellAll(log: Log, sent: string): void {
  log.say(sent, { Feed: sent })
  log.warn(sent)
  log.error(new Error(sent, { cause: new GraphQLError(sent, { path: [sent], originalError: new Error(sent) }) }), 'r-1')
  log.error(sent)
  log.request({ ...request, path: sent })
}

describe('the log', () => {
  it('is a record a line where it is collected, with what names the request', () => {
    const { log, out, err } = opened('json')
    log.say('Ready.', { Feed: 'http://127.0.0.1:1/feed' })
    log.error(Object.assign(new TypeError('broken', { cause: new Error('deep') }), { code: '57P01' }), 'r-1')
    log.request(request)
    const records = out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records).toEqual([
      { level: 'info', time: expect.any(String), msg: 'Ready.', facts: { Feed: 'http://127.0.0.1:1/feed' } },
      {
        ...{ level: 'error', time: expect.any(String), msg: 'broken', requestId: 'r-1' },
        error: {
          ...{ type: 'TypeError', code: '57P01', stack: expect.stringContaining('log.test.ts') },
          cause: { type: 'Error', message: 'deep', stack: expect.stringContaining('log.test.ts') },
        },
      },
      { level: 'debug', time: expect.any(String), msg: 'request', ...request },
    ])
    expect(err()).toBe('')
  })

  it('is readable where somebody looks on: what went wrong on standard error', () => {
    const { log, out, err } = opened('readable')
    log.say('Ready.', { Feed: 'http://127.0.0.1:1/feed' })
    log.request(request)
    log.error(new TypeError('broken'), 'r-1')
    expect(out()).toBe('Ready.\n  Feed           http://127.0.0.1:1/feed\nGET /graphql 200 3 ms (request r-1)\n')
    expect(err()).toMatch(/^TypeError: broken \(request r-1\)\n {4}at .*log\.test\.ts/)
  })

  it.each(['json', 'readable'] as const)('%s: nothing that was sent begins a line or moves a terminal', (form) => {
    const { log, all } = opened(form)
    tellAll(log, 'a\nFORGED b\r\nFORGED c\u2028FORGED \u001b[2J \u0085FORGED')
    expect(all()).toContain('FORGED')
    expect(
      all()
        .split(/[\n\r\u2028\u2029\u0085]/)
        .filter((line) => line.startsWith('FORGED')),
    ).toEqual([])
    expect(all()).not.toContain('\u001b')
  })

  it.each(['json', 'readable'] as const)('%s: holds no key, token or password, however it gets there', (form) => {
    const { log, all } = opened(form)
    for (const sent of [
      `authorization: Bearer ${KEY}`,
      `{"authorization":"Bearer ${TOKEN}"}`,
      `a key ${KEY} and a token ${TOKEN}.`,
      'cannot reach postgresql://parley:hunter2@127.0.0.1:5432/parley',
      'postgresql://parley:hun%40ter2/hunter2@127.0.0.1/parley',
      'Basic aHVudGVyMg==, password=hunter2 "password": "hunter2" PASSWORD: hunter2',
    ])
      tellAll(log, sent)
    expect(all()).toContain('postgresql://parley:***@')
    expect(all()).toContain('parley_0f3c5a7b9d1e_***')
    for (const secret of ['sssss', 'c2lnbmF0dXJl', 'eyJzdWIi', 'hunter2', 'aHVudGVyMg'])
      expect(all()).not.toContain(secret)
    if (form === 'json') for (const line of all().trim().split('\n')) expect(JSON.parse(line).msg).toBeDefined()
  })

  it('holds nothing of an error but what is known to be harmless, and not too much of that', () => {
    const { log, all } = opened('json')
    const body = 'what was sent'
    const error = Object.assign(new Error('x'.repeat(100_000)), {
      detail: body,
      where: body,
      parameters: [body],
      source: { body },
    })
    log.error(error)
    expect(all()).not.toContain(body)
    expect(all().length).toBeLessThan(12_000)
  })

  it('begins at its level', () => {
    const { log, all } = opened('readable', 'error')
    log.say('a')
    log.warn('b')
    log.request(request)
    expect([all(), log.hasRequests]).toEqual(['', false])
    log.error('c')
    expect(all()).toBe('string: c\n')
  })
})
