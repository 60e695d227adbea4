import type { Pool } from 'pg'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql } = Prisma

/** The ids of those who mediate a process: as its record says, or in any development visible from the viewpoint; by id. */
export async function listMediators(pool: Pool, viewpoint: Viewpoint, process: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    pool,
    sql`select "actorId" as id from "ProcessActor" where "processId" = ${process} and part = 'MEDIATOR'
        union
        select p."actorId" from "Participation" p join "Revision" r on r.position = p.position
        where p.role = 'MEDIATOR' and r."processId" = ${process} and ${visibleFrom(viewpoint)}
        order by id`,
  )
  return rows.map((row) => row.id)
}
