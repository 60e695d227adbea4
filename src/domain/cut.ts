import type { Account } from './evidence.ts'
import type { ExchangeAccount } from './exchange.ts'
import type { Cited, Passage } from './passage.ts'

/** Lists whose members say which passage carries them. */
const lists = ['participants', 'milestones', 'figures', 'claims', 'invitations', 'passages']
/** What the first passage carries and a development can be without. */
const optional = [
  ...['place', 'channel', 'gist', 'format', 'track', 'level', 'topic', 'outcome', 'terms', 'condition', 'due', 'stage'],
  ...['effective', 'until'],
]

/**
 * Cuts an account in two along its passages: each value goes with the passage that carries it. What a development of its
 * kind cannot be without (what a statement does, how far a pledge binds) both parts have.
 */
export function cut(account: Account, goes: (passage: Passage) => boolean): { stays?: Account; goes?: Account } {
  const going = new Set(account.citations.filter(goes).map(({ key }) => key))
  if (going.size === 0) return { stays: account }
  if (going.size === account.citations.length) return { goes: account }
  return { stays: part(account, (key) => !going.has(key)), goes: part(account, (key) => going.has(key)) }
}

function part(account: Account, carries: (passage: string) => boolean): Account {
  const first = account.citations[0]?.key as string
  const carrierOf = ({ citation }: Cited) => citation ?? first
  // Once the first passage is gone, what it carried untold would be carried by another one.
  const own = <T extends Cited>(items: readonly T[]) =>
    items.filter((item) => carries(carrierOf(item))).map((item) => ({ ...item, citation: carrierOf(item) }))
  // A group may stand in another passage than the leg that it is part of: then it takes along whose leg it is.
  const legsOf = (legs: ExchangeAccount['legs']) =>
    legs.flatMap((leg) => {
      const citation = carrierOf(leg)
      const groups = own(leg.groups.map((group) => ({ ...group, citation: group.citation ?? citation })))
      if (carries(citation)) return [{ ...leg, citation, groups }]
      const { key, releasedBy, receivedBy } = leg
      return groups[0] ? [{ key, releasedBy, receivedBy, persons: [], groups, citation: groups[0].citation }] : []
    })
  const members: [string, unknown][] = Object.entries(account)
  const kept = members.flatMap(([name, value]): [string, unknown][] => {
    if (name === 'citations') return [[name, account.citations.filter(({ key }) => carries(key))]]
    if (lists.includes(name)) return [[name, own(value as readonly Cited[])]]
    if (name === 'legs') return [[name, legsOf(value as ExchangeAccount['legs'])]]
    if (name === 'when') return own(value === undefined ? [] : [value as Cited]).map((when) => [name, when])
    if (name === 'links') return [[name, carries(first) ? value : []]]
    return optional.includes(name) && !carries(first) ? [] : [[name, value]]
  })
  return Object.fromEntries(kept) as unknown as Account
}
