import type { Cursor } from '../feed/cursor.ts'

/** Where an export goes on, and what it is an export of: whoever resumes reads from the same viewpoint. */
export interface ExportToken extends Cursor {
  readonly asOf: Date | null
  /** A short hash of format and filter: a token of another export would skip and repeat at random. */
  readonly of: string
  /** After what it goes on, in the words of its format. */
  readonly place: string
}

// PostgreSQL's integer.
const LARGEST = 2_147_483_647

/** The opaque form of a token. */
export function encodeToken({ position, tag, asOf, of, place }: ExportToken): string {
  return Buffer.from([position, tag, asOf?.getTime() ?? '', of, place].join('.')).toString('base64url')
}

/** Undefined for text that no export ever gave out. */
export function decodeToken(text: string): ExportToken | undefined {
  if (text.length > 400 || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined
  const form = /^(0|[1-9]\d{0,9})\.([0-9a-f]{16,32})\.(-?\d{1,16})?\.([0-9a-f]{8})\.([a-z0-9:-]{1,200})$/
  const [, position, tag, asOf, of, place] = form.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? []
  if (position === undefined || tag === undefined || of === undefined || place === undefined) return undefined
  if (Number(position) > LARGEST) return undefined
  return { position: Number(position), tag, asOf: asOf === undefined ? null : new Date(Number(asOf)), of, place }
}

/** A whole number in a token's place; undefined for anything else. */
export function numberIn(place: string): number | undefined {
  return /^\d{1,10}$/.test(place) && Number(place) <= LARGEST ? Number(place) : undefined
}
