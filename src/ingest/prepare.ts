import { createHash } from 'node:crypto'
import { canonical } from '../domain/canonical.ts'
import type { Account } from '../domain/evidence.ts'
import type { Dispatch } from './contract.ts'
import { type Reference, referencesIn } from './resolve.ts'

/** A dispatch with all that can be made of it without the record. */
export interface Prepared {
  /** What makes it this dispatch: sha256 of its canonical JSON. */
  readonly id: string
  /** Those of which any, once accepted, makes this one superfluous: itself, and what it is a copy or a part of. */
  readonly sameAs: readonly string[]
  readonly dispatch: Dispatch
  /** The dispatch as it is kept: without where its author's editor found the schema, and until when it was held. */
  readonly body: object
  /** Its developments, in which `references` put ids in the place of names. */
  readonly accounts: readonly Account[]
  readonly references: readonly Reference[]
}

/** Makes everything of a dispatch that does not need the record, so that the pen is not kept waiting for it. */
export function prepare(dispatch: Dispatch): Prepared {
  const { $schema: _, embargoUntil: __, ...body } = dispatch
  const id = createHash('sha256').update(canonical(body)).digest('hex')
  // A copy as the record will give it back: what is undefined is not there.
  const developments = JSON.parse(JSON.stringify(dispatch.developments)) as Dispatch['developments']
  // Each citation has a key, so that values can be tied to it.
  for (const { citations } of developments) for (const [i, c] of citations.entries()) c.key ??= `c${i + 1}`
  const references = referencesIn(developments, ['developments'])
  const sameAs = [id, ...(dispatch.copyOf === undefined ? [] : [dispatch.copyOf.dispatch])]
  return { id, sameAs, dispatch, body, accounts: developments as readonly Account[], references }
}
