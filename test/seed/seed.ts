import { readdirSync, readFileSync } from 'node:fs'
import { nameKey } from '../../src/domain/actor.ts'
import type { Content } from '../../src/domain/content.ts'
import type { Account, Evidence } from '../../src/domain/evidence.ts'
import { fold } from '../../src/domain/fold.ts'
import { type Dispatch, dispatch as dispatchContract } from '../../src/ingest/contract.ts'
import { processDocument } from '../../src/ingest/contractIdentity.ts'

const folder = new URL('../../seed/armenia-azerbaijan/', import.meta.url)

export const files = readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .sort()

export function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
}

export const readme = readFileSync(new URL('../README.md', folder), 'utf8')
export const document = processDocument.parse(read('process.json'))
export const dispatches: readonly Dispatch[] = files.map((file) => dispatchContract.parse(read(file)))
export const refs = [...new Set(dispatches.flatMap((d) => d.developments.map((development) => development.ref)))].sort()

/** Finds the actor that a name stands for, among those of the process and of the dispatch. */
export function resolver(dispatch: Dispatch): (name: string) => string | undefined {
  const ids = new Map<string, string>()
  for (const { id, name, names } of [...document.actors, ...dispatch.actors]) {
    for (const text of [id, name, ...names.map((n) => n.name)]) ids.set(nameKey(text), id)
  }
  return (name) => ids.get(nameKey(name))
}

const actorMembers = new Set([
  ...['actor', 'onBehalfOf', 'claimant', 'attributedTo', 'speaker', 'invitee', 'invitedBy', 'respondedBy'],
  ...['releasedBy', 'receivedBy'],
])

/** Every name of an actor in a part of a dispatch, with the way to put an id in its place. */
export function namesIn(node: object): { name: string; set: (id: string) => void }[] {
  return Object.entries(node).flatMap(([member, value]: [string, unknown]) => {
    if (typeof value === 'string') {
      return actorMembers.has(member) ? [reference(node, member, value)] : []
    }
    if (typeof value !== 'object' || value === null) return []
    const own = member === 'actor' && 'id' in value ? [reference(value, 'id', value.id as string)] : []
    return [...own, ...namesIn(value)]
  })
}

function reference(holder: object, member: string, name: string): { name: string; set: (id: string) => void } {
  return { name, set: (id) => Object.assign(holder, { [member]: id }) }
}

function evidenceOf(dispatch: Dispatch): Evidence[] {
  const resolve = resolver(dispatch)
  const { report } = dispatch
  return structuredClone(dispatch.developments).map((development): Evidence => {
    for (const { name, set } of namesIn(development)) set(resolve(name) ?? name)
    const citations = development.citations.map((c, i) => ({ ...c, key: c.key ?? `c${i + 1}` }))
    return {
      dispatch: report.id,
      report: report.id,
      outlet: report.outlet ?? null,
      knownAt: report.published.latest as string,
      publishedFrom: report.published.earliest,
      account: { ...development, citations } as Account,
    }
  })
}

export function enclosing(place: string): string[] {
  const within = document.places.find((p) => p.id === place)?.within
  return within === undefined ? [] : [within, ...enclosing(within)]
}

/** What the seed says, in the order of its files. */
export const evidence: readonly Evidence[] = dispatches.flatMap(evidenceOf)

/** A development as publicly known at the end of a day. */
export function known(ref: string, day = '2023-12-31', arrived = evidence): Content {
  const own = arrived.filter(({ account }) => account.ref === ref)
  const first = own[0]
  if (first === undefined) throw new Error(`no dispatch tells ${ref}`)
  return fold({ kind: first.account.kind, evidence: own, corrections: [], enclosing }, `${day}T23:59:59.999Z`)
}
