import type { Appearance, Aspect, Claim, Value } from './claim.ts'
import type { Cited, Passage } from './passage.ts'

/** Gathers the claims that an account makes: every sourced value is a claim, the first too. */
export interface Draft {
  add(aspect: Aspect, key: string, value: Value | undefined, from: Cited): void
  /** Which citation carries a value, and who claims it unless the value says. */
  cite(from: Cited): Pick<Claim, 'claimant' | 'citation'>
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
  const passageOf = ({ citation }: Cited) => citation ?? first
  function cite(from: Cited) {
    const passage = passageOf(from)
    return { claimant: attributed.get(passage), citation: citationKey(passage) }
  }
  function add(aspect: Aspect, key: string, value: Value | undefined, from: Cited): void {
    if (value === undefined) return
    claims.push({
      aspect,
      key,
      value,
      negated: denied.has(passageOf(from)),
      rank: 'NORMAL',
      ...cite(from),
    })
  }
  return {
    claims,
    add,
    cite,
    text: (key, text, from) => add('CONTENT', key, text === undefined ? undefined : { text }, from),
    actor: (key, appearance, from) =>
      add('PARTICIPANT', key, appearance === undefined ? undefined : { actor: appearance }, from),
  }
}
