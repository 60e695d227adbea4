import { arrived, type KnownReport, loadReports } from '../store/arrival.ts'
import { type Gazetteer, loadGazetteer } from '../store/gazetteer.ts'
import { type HeldContent, heldContents } from '../store/held.ts'
import { loadRecorded, type Recorded } from '../store/material.ts'
import { existing, findActors } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import type { Prepared } from './prepare.ts'
import { type Names, namesOf } from './resolve.ts'

/**
 * What the record holds of everything that some dispatches speak of: read at once for all of them, then kept up to date
 * as one after the other is accepted, so that each finds what those before it have added.
 */
export interface Known extends Names {
  readonly dispatches: Set<string>
  /** Those that are held under an embargo or were, by the hash that was sent. */
  readonly held: ReadonlyMap<string, HeldContent>
  readonly processes: ReadonlySet<string>
  readonly reports: Map<string, KnownReport>
  /** Whether a ref names a development, for links. */
  readonly developments: Set<string>
  readonly recorded: Map<string, Recorded>
  readonly places: Gazetteer
}

export async function loadKnown({ client }: Pen, group: readonly Prepared[]): Promise<Known> {
  const each = <T>(list: (sent: Prepared) => readonly T[]): T[] => [...new Set(group.flatMap(list))]
  const refs = each(({ accounts }) => accounts.map(({ ref }) => ref))
  const targets = each(({ accounts }) => accounts.flatMap(({ links }) => links.map(({ to }) => to)))
  const outlets = each(({ dispatch: { report }, references }) => [
    ...namesOf('outlet', references),
    ...(report.outlet === undefined ? [] : [report.outlet]),
  ])
  const places = await loadGazetteer(client)
  const recorded = await loadRecorded(client, refs)
  const unseen = targets.filter((ref) => !recorded.has(ref))
  return {
    dispatches: await arrived(
      client,
      group.flatMap(({ sameAs }) => sameAs),
    ),
    held: await heldContents(
      client,
      group.map(({ id }) => id),
    ),
    processes: await existing(
      client,
      'Process',
      each(({ dispatch }) => [dispatch.process]),
    ),
    reports: await loadReports(
      client,
      each(({ dispatch }) => [dispatch.report.id]),
    ),
    actors: await findActors(
      client,
      each(({ references }) => namesOf('actor', references)),
    ),
    outlets: await existing(client, 'Outlet', outlets),
    places,
    developments: new Set([...recorded.keys(), ...(await existing(client, 'Development', unseen))]),
    recorded,
  }
}
