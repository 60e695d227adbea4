import type { Pool } from '../../src/store/database.ts'

/**
 * How many developments there are; a fifth of them has two revisions. So few that ANALYZE looks at all of them: from a
 * sample it would draw other conclusions every time.
 */
export const DEVELOPMENTS = 20_000
export const REVISIONS = DEVELOPMENTS + DEVELOPMENTS / 5

const words = (list: string) =>
  `(array[${list
    .split(' ')
    .map((word) => `'${word}'`)
    .join()}])`

/**
 * Publishes many revisions in a few statements: rows as the pen would write them, but without children, which filters
 * do not read, other than disagreements. Some values are common and some are rare, as in a real record; dates reach over sixty years.
 */
export async function publishMany(pool: Pool): Promise<void> {
  await pool.query(`insert into "Process" values ('rare', 'Rare', 'Little is told of it.')`)
  await pool.query(
    `insert into "Development" (id, kind, "processId", withheld)
     select 'd' || i, ${kind}::"Kind", ${process}, i % 1000 = 7 from generate_series(1, ${DEVELOPMENTS}) i`,
  )
  await pool.query(`
    insert into "Revision" (position, tag, "developmentId", "processId", kind, number, action, "knownAt", "recordedAt",
      "supersededBy", headline, "whenEarliest", "whenLatest", status, "reportCount", "independentSourceCount", facets, changes)
    select position, md5(position::text), 'd' || i, ${process}, ${kind}::"Kind", number, 'CREATED', known, known,
      "supersededBy", 'Headline of ' || i, earliest, latest, ${status}::"Status", reports, sources,
      jsonb_build_object(
        'process', ${process}, 'kind', ${kind}, 'status', ${status}, 'earliest', earliest, 'latest', latest,
        'precision', case when i % 900 = 1 then 'DECADE' else 'DAY' end,
        'actors', jsonb_build_array(
          jsonb_build_object('id', 'actor-' || i % 700, 'role', 'PARTY', 'onBehalfOf', 'actor-' || i % 3),
          jsonb_build_object('id', 'actor-' || i % 11, 'role', case when i % 800 = 5 then 'OBSERVER' else 'MEDIATOR' end, 'onBehalfOf', null)),
        'outlets', jsonb_build_array('outlet-' || i % 600), 'reports', jsonb_build_array('report-' || i / 10),
        'places', jsonb_build_array('place-' || i % 500, 'region-' || i % 500 % 20), 'country', ${words('AM AZ GE TR IR RU FR DE')}[1 + i % 8],
        'latitude', (abs(hashint4(i)) % 1800) / 10.0 - 90, 'longitude', (abs(hashint4(-i)) % 3600) / 10.0 - 180,
        'knownAt', known, 'reportCount', reports, 'independentSourceCount', sources,
        'disagreements', case when i % 400 = 3 then '[{"aspect": "FIGURE", "relation": "CONTRADICTS"}]'::jsonb else '[]' end,
        'links', case when i % 3 = 0 then jsonb_build_array(jsonb_build_object('type', 'RESPONDS_TO', 'to', 'd' || i / 100)) else '[]' end,
        'codes', case when i % 500 = 9 then '{"act": "THREATEN", "issue": "COLLECTIVE"}'::jsonb else '{"act": "REMARK", "issue": "SINGLE"}' end,
        'invitations', case when i % 450 = 2 then '[{"invitee": "north", "respondedBy": null, "response": "DECLINED"}]'::jsonb else '[]' end
      ), '[]'
    from (
      select i as position, i, 1 as number, case when i % 5 = 0 then ${DEVELOPMENTS} + i / 5 end as "supersededBy"
      from generate_series(1, ${DEVELOPMENTS}) i
      union all select ${DEVELOPMENTS} + j, j * 5, 2, null from generate_series(1, ${DEVELOPMENTS / 5}) j
    ) r cross join lateral (
      select timestamptz '1960-01-01' + interval '1 day' * (i * 17 % 22000) as earliest,
        timestamptz '1960-01-01' + interval '1 day' * (i * 17 % 22000 + case when i % 50 = 0 then 300 else 1 end) as latest,
        timestamptz '2020-01-01' + interval '1 hour' * r.position as known,
        case when i % 300 = 4 then 9 else 1 + i % 4 end as reports, case when i % 350 = 4 then 8 else 1 + i % 3 end as sources
    ) told`)
  await pool.query(
    `insert into "Disagreement" select position, 0, 'FIGURE', '', 'DIFFERS' from generate_series(1, ${REVISIONS}, 7) position`,
  )
  await pool.query('update "Head" set position = $1 where id = 1', [REVISIONS])
  await pool.query('vacuum analyze "Revision", "Development", "Disagreement"')
}

const kind = `case when i % 600 = 1 then 'AGREEMENT' else ${words('STATEMENT TALK EXCHANGE PLEDGE INCIDENT')}[1 + i % 5] end`
const process = `case when i % 700 = 1 then 'rare' else 'north-south' end`
const status = `case when i % 500 = 2 then 'LAPSED' else ${words('HELD AGREED MADE')}[1 + i % 3] end`
