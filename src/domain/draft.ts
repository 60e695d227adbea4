import type { Appearance, Aspect, Claim, Value } from './claim.ts'
import type { Cited, Passage } from './passage.ts'

/** Gathers the claims that an account makes: every sourced value is a claim, the first too. */
export interface Draft {
  add(aspect: Aspect, key: string, value: Value | undefined, from: Cited): void
  text(key: string, text: string | undefined, from: Cited): void
  actor(key: string, appearance: Appearance | undefined, from: Cited): void
}

/**
 * Begins the claims of an account. A value without a citation of its own is carried by the first passage,
 * and is claimed by whomever that passage is attributed to.
 */
export function draft(
  passages: readonly Passage[],
  citationKey: (passage: string) => string,
): Draft & { claims: Claim[] } {
  const claims: Claim[] = []
  const first = passages[0]?.key ?? ''
  const attributed = new Map(passages.map((c) => [c.key, c.attributedTo]))
  const denied = new Set(passages.filter((c) => c.stance === 'DENIES').map((c) => c.key))
  function add(aspect: Aspect, key: string, value: Value | undefined, from: Cited): void {
    if (value === undefined) return
    const passage = from.citation ?? first
    claims.push({
      aspect,
      key,
      value,
      negated: denied.has(passage),
      rank: 'NORMAL',
      claimant: attributed.get(passage),
      citation: citationKey(passage),
    })
  }
  return {
    claims,
    add,
    text: (key, text, from) => add('CONTENT', key, text === undefined ? undefined : { text }, from),
    actor: (key, appearance, from) =>
      add('PARTICIPANT', key, appearance === undefined ? undefined : { actor: appearance }, from),
  }
}
