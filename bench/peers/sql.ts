import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { databaseUrl, ready } from './listen.ts'

// What somebody writes who has the time to write every query by hand: one prepared statement a question, the JSON made
// by PostgreSQL, behind bare node:http.

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })

const current = `r."supersededBy" is null and r.action not in ('RETRACTED', 'MERGED')`
const content = `r."developmentId" as ref, r.kind, r.headline, r.summary, r.status, r."when",
  (select json_agg(json_build_object('role', p.role, 'capacity', p.capacity, 'actor', a.name) order by p.ordinal)
   from "Participation" p join "Actor" a on a.id = p."actorId" where p.position = r.position) as participants,
  (select json_agg(json_build_object('key', c.key, 'quotation', c.quotation, 'locator', c.locator, 'stance', c.stance,
     'report', c."reportId", 'outlet', o.name) order by c.ordinal)
   from "Citation" c join "Report" t on t.id = c."reportId" left join "Outlet" o on o.id = t."outletId"
   where c.position = r.position) as citations,
  (select json_agg(json_build_object('aspect', c.aspect, 'key', c.key, 'value', c.value, 'standing', c.standing,
     'rank', c.rank, 'claimant', a.name) order by c.ordinal)
   from "Claim" c left join "Actor" a on a.id = c."claimantId" where c.position = r.position) as claims`
const list = (filter: string) => `select coalesce(json_agg(x), '[]')::text as body from (
  select ${content} from "Revision" r
  where ${current}${filter} and (r."whenEarliest", r.position) > ($1::timestamptz, $2::int)
  order by r."supersededBy", r."whenEarliest", r.position limit 50) x`

const statements: Record<string, string> = {
  list: list(''),
  filtered: list(` and r.kind = $3::"Kind" and r.status = $4::"Status"`),
  disagreements: `select coalesce(json_agg(x), '[]')::text as body from (
    select d.relation, d.aspect, d.key, r."developmentId" as ref, r.headline,
      (select json_agg(json_build_object('value', c.value, 'standing', c.standing, 'claimant', a.name,
         'report', t."reportId") order by c.ordinal)
       from "Claim" c left join "Actor" a on a.id = c."claimantId"
         join "Citation" t on t.position = c.position and t.ordinal = c."citationNo"
       where c.position = d.position and c.aspect = d.aspect and c.key = d.key and c.rank <> 'DEPRECATED') as versions
    from "Disagreement" d join "Revision" r on r.position = d.position
    where ${current} and (d.position, d.ordinal) > ($2::int, $1::int) order by d.position, d.ordinal limit 50) x`,
  tally: `with counted as (
      select a.name as mediator, date_trunc('month', r."whenEarliest") as month, count(distinct r.position)::int as count
      from "Revision" r left join "Participation" p on p.position = r.position and p.role = 'MEDIATOR'
        left join "Actor" a on a.id = p."actorId"
      where ${current} and r.kind = 'TALK' and r."whenEarliest" >= $1::timestamptz
        and date_trunc('month', r."whenEarliest") = date_trunc('month', r."whenLatest")
      group by 1, 2
    ), months as (
      select generate_series(date_trunc('month', $1::timestamptz), (select max(month) from counted), '1 month') as month
    ) select coalesce(json_agg(x), '[]')::text as body from (
      select g.mediator, json_agg(json_build_object('start', m.month::date, 'count', coalesce(c.count, 0)) order by m.month) as buckets
      from (select distinct mediator from counted) g cross join months m
        left join counted c on c.mediator is not distinct from g.mediator and c.month = m.month
      group by 1 order by 1) x`,
  search: `select coalesce(json_agg(x), '[]')::text as body from (
    select r."developmentId" as ref, r.kind, r.headline, r.summary, r."when"
    from "Revision" r, to_tsquery('english', $1) q
    where ${current} and to_tsvector('english', r.headline || ' ' || coalesce(r.summary, '')) @@ q
    order by ts_rank(to_tsvector('english', r.headline || ' ' || coalesce(r.summary, '')), q) desc, r.position desc
    limit 50) x`,
}

function asked(url: URL): { name: string; values: unknown[] } {
  const get = (name: string) => url.searchParams.get(name)
  const kind = get('kind')
  switch (url.pathname) {
    case '/list':
      return kind === null
        ? { name: 'list', values: [get('sort'), get('position')] }
        : { name: 'filtered', values: [get('sort'), get('position'), kind, get('status')] }
    case '/disagreements':
      return { name: 'disagreements', values: [get('sort'), get('position')] }
    case '/tally':
      return { name: 'tally', values: [get('from')] }
    default:
      return { name: 'search', values: [`${get('word')} & ${get('manner')} & !${get('not')}`] }
  }
}

const server = createServer((request, response) => {
  const { name, values } = asked(new URL(request.url as string, 'http://localhost'))
  pool.query<{ body: string }>({ name, text: statements[name] as string, values }).then(
    ({ rows }) => {
      const body = Buffer.from(rows[0]?.body as string)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    },
    (error: Error) => response.writeHead(500).end(error.message),
  )
})

server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
