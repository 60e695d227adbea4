import type { Pool } from '../store/database.ts'
import {
  type ExportedActor,
  type ExportedOutlet,
  type ExportedPlace,
  type ExportedProcess,
  firstIdentity,
  type IdentityKey,
  readActors,
  readOutlets,
  readPlaces,
  readProcesses,
} from '../store/exportIdentities.ts'

/** One list of identities, in an order in which each can be taken in. */
export interface IdentityList {
  readonly name: string
  read(after: IdentityKey | undefined, limit: number): Promise<IdentityKey[]>
  /** What `read` gave, as documents of the ingest contract. */
  documents(rows: readonly IdentityKey[]): Promise<object[]>
}

/**
 * Outlets, places, actors, and then the processes, whose parties they are. A process document carries them all: the
 * first process stands without its members where it only brings identities.
 */
export function identityLists(pool: Pool): IdentityList[] {
  const carried = (name: string, read: Reader, form: (row: never) => object): IdentityList => ({
    name,
    read: (after = firstIdentity, limit) => read(pool, after, limit),
    async documents(rows) {
      const [first] = rows.length === 0 ? [] : await readProcesses(pool, firstIdentity, 1)
      if (first === undefined) return []
      const process = { id: first.id, name: first.name, summary: first.summary, parties: [], mediators: [] }
      return [{ process, [`${name}s`]: rows.map((row) => form(row as never)) }]
    },
  })
  return [
    carried('outlet', readOutlets, outletForm),
    carried('place', readPlaces, placeForm),
    carried('actor', readActors, actorForm),
    {
      name: 'process',
      read: (after = firstIdentity, limit) => readProcesses(pool, after, limit),
      documents: async (rows) => rows.map((row) => ({ process: processForm(row as unknown as ExportedProcess) })),
    },
  ]
}

type Reader = (pool: Pool, after: IdentityKey, limit: number) => Promise<IdentityKey[]>

function outletForm({ id, name, wikidata }: ExportedOutlet): object {
  return given({ id, name, wikidata })
}

function placeForm({ id, name, country, latitude, longitude, precision, within, wikidata }: ExportedPlace): object {
  return given({ id, name, country, latitude, longitude, precision, within, wikidata })
}

function actorForm(actor: ExportedActor): object {
  const { id, kind, name, description, names, partOf, country, wikidata, offices } = actor
  return given({ id, kind, name, description, names, partOf, country, wikidata, offices: offices.map(given) })
}

function processForm({ id, name, summary, parties, mediators }: ExportedProcess): object {
  return { id, name, summary, parties, mediators }
}

/** In the contract what is not known is left out. */
function given(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}
