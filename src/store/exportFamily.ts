import type { Filter } from '../domain/filter.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql } = Prisma

/** What is exported: developments that pass the filter, from the viewpoint. */
export interface Selection {
  readonly viewpoint: Viewpoint
  readonly filter: Filter
}

/** Whether desk action `a` was done by the viewpoint's position: once the last revision is written that it made. */
export function isDone({ position }: Viewpoint): Prisma.Sql {
  return sql`coalesce(
    (select max(x.position) <= ${position} from "Revision" x
     where x."deskActionId" = a.id and x."dispatchId" is null and x."developmentId" in (
       select a."developmentId" union all
       select e."developmentId" from "Dispatch" s join "Evidence" e on e."dispatchId" = s.id where s."reportId" = a."reportId")),
    a."recordedAt" <= (select y."recordedAt" from "Revision" y where y.position = ${position}))`
}

/** To go after `with recursive`: which developments share evidence, by what was merged and split until the viewpoint. */
export function families(viewpoint: Viewpoint): Prisma.Sql {
  return sql`moved as (
      select a."developmentId" as one, a."otherId" as other from "DeskAction" a
      where a."otherId" is not null and ${isDone(viewpoint)}),
    tie as (select one, other from moved union select other, one from moved),
    family as (
      select one as ref, other as member from tie
      union
      select f.ref, t.other from family f join tie t on t.one = f.member)`
}

/** A development with all that it shares evidence with. */
export function familyOf(development: Prisma.Sql): Prisma.Sql {
  return sql`array(select ${development} union select f.member from family f where f.ref = ${development})`
}

/**
 * Whether a development is wanted: it passes, or one with which it shares evidence does. Where one of those is withheld,
 * none is: the evidence would tell of it.
 */
export function isWanted({ viewpoint, filter }: Selection, development: Prisma.Sql): Prisma.Sql {
  const family = familyOf(development)
  return sql`(exists (select 1 from "Revision" r
      where r."developmentId" = any(${family}) and ${visibleFrom(viewpoint)} and ${filterSql(filter)})
    and not exists (select 1 from "Development" w where w.id = any(${family}) and w.withheld))`
}
