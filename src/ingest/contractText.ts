import { z } from 'zod'

// Rules complete the sentence "… must …": a refusal reads "legs[0].count.best: must be a number of at least 0, got -3".

/** Text that PostgreSQL can keep and a reader can read: no control characters, no broken surrogate pairs. */
export const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters long`)
    .refine(isText, 'must be text, without control characters')

/** Whether PostgreSQL can keep it and a reader can read it. */
export function isText(given: string): boolean {
  return given.isWellFormed() && !/[\p{Cc}--[\n\t]]/v.test(given)
}

/** A day, ISO 8601. PostgreSQL has no year 0. */
export const day = z.iso
  .date({ error: 'must be a date that exists, like 2023-11-30', abort: true })
  .refine((given) => given >= '0001', 'must be a date that exists, like 2023-11-30')

/** A moment, ISO 8601, UTC to the millisecond. */
export const moment = z.iso
  .datetime({ error: 'must be a moment in UTC, like 2023-12-07T23:59:59.999Z', abort: true })
  .refine((given) => given >= '0001', 'must be a moment that exists, like 2023-12-07T23:59:59.999Z')
  .transform((given) => new Date(given).toISOString())

/** A moment, ISO 8601 with its zone; comes out in UTC to the millisecond. */
export const zonedMoment = z.iso
  .datetime({
    offset: true,
    error: 'must be a moment with its zone, like 2023-12-07T18:00:00+04:00',
    abort: true,
  })
  .refine((given) => /^\d{4}-/.test(new Date(given).toISOString()), {
    error: 'must be a moment before the year 10000',
    abort: true,
  })
  .transform((given) => new Date(given).toISOString())

/** A short name that the record keeps for good. */
export const slug = z
  .string()
  .max(80, 'must be at most 80 characters long')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters and digits, joined by single hyphens')

/** An actor by its id or any of its names ("Yerevan" is Armenia). */
export const name = text(160)

export const list = <T extends z.ZodType>(item: T, most = 500) =>
  z.array(item).max(most, `must have at most ${most} entries`).default([])

/** Metadata of an object that has exactly one of its members. */
export const exactlyOne = { minProperties: 1, maxProperties: 1 } as const

export function hasOneMember(object: object): boolean {
  return Object.values(object).filter((member) => member !== undefined).length === 1
}
