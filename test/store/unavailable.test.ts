import { describe, expect, it } from 'vitest'
import { isUnavailable } from '../../src/store/unavailable.ts'

const failure = (fields: object, message = 'it failed') => Object.assign(new Error(message), fields)

describe('a database that cannot be reached now', () => {
  it.each([
    { what: 'nobody listens', error: failure({ code: 'ECONNREFUSED' }) },
    { what: 'the connection is reset', error: failure({ code: 'ECONNRESET' }) },
    { what: 'PostgreSQL is told to stop', error: failure({ code: '57P01' }) },
    { what: 'PostgreSQL starts', error: failure({ code: '57P03' }) },
    { what: 'it takes no more connections', error: failure({ code: '53300' }) },
    { what: 'the connection ends in the middle', error: new Error('Connection terminated unexpectedly') },
    { what: 'no connection is free in time', error: new Error('timeout exceeded when trying to connect') },
    { what: 'Prisma cannot reach it', error: failure({ code: 'P1001' }) },
    { what: 'Prisma’s adapter cannot', error: failure({ cause: { kind: 'DatabaseNotReachable' } }) },
    { what: 'it lies beneath', error: failure({ cause: failure({ originalCode: '57P01' }) }) },
  ])('is told by its errors: $what', ({ error }) => {
    expect(isUnavailable(error)).toBe(true)
  })

  it.each([
    { what: 'a table that there is not', error: failure({ code: '42P01' }) },
    { what: 'a value that is there twice', error: failure({ code: 'P2002' }) },
    { what: 'a message that only speaks of connections', error: new Error('No Connection terminated here') },
    { what: 'nothing', error: undefined },
    { what: 'text', error: 'ECONNREFUSED' },
  ])('is not told by others: $what', ({ error }) => {
    expect(isUnavailable(error)).toBe(false)
  })
})
