import type { ClientBase, Pool } from 'pg'
import { nameKey } from '../domain/actor.ts'

/** Finds the actor that each text names, by id or by any of its names; texts that name nobody are left out. */
export async function findActors(client: ClientBase | Pool, texts: readonly string[]): Promise<Map<string, string>> {
  const keys = texts.map(nameKey)
  const { rows } = await client.query<{ key: string; actorId: string }>(
    `select key, "actorId" from "ActorName" where key = any($1) union all select id, id from "Actor" where id = any($1)`,
    [keys],
  )
  const byKey = new Map(rows.map((row) => [row.key, row.actorId]))
  return new Map(
    texts.flatMap((text) => {
      const id = byKey.get(nameKey(text))
      return id === undefined ? [] : [[text, id] as const]
    }),
  )
}

type Listed = 'Place' | 'Outlet' | 'Process' | 'Development' | 'Report'

/** Which of the ids exist in a table of identities. */
export async function existing(client: ClientBase | Pool, table: Listed, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(`select id from "${table}" where id = any($1)`, [ids])
  return new Set(rows.map((row) => row.id))
}
