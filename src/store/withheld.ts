import type { Pen } from './pen.ts'

/** Withholds a development, or gives it back, with all that was merged into it. */
export async function setWithheld({ client }: Pen, development: string, withheld: boolean): Promise<void> {
  await client.query(
    `with recursive merged as (
       select $1::text as id union select d.id from merged m join "Development" d on d."mergedIntoId" = m.id
     ) update "Development" set withheld = $2 where id in (select id from merged)`,
    [development, withheld],
  )
}

/** Says which development holds another one's evidence from now on; null: it has its own again. */
export async function setMergedInto({ client }: Pen, development: string, into: string | null): Promise<void> {
  await client.query('update "Development" set "mergedIntoId" = $2 where id = $1', [development, into])
}
