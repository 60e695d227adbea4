import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnNames } from '../../src/schema/exportTable.ts'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { csvRows } from '../support/csv.ts'
import { exported } from '../support/exported.ts'
import { day, dispatchOf, exchange } from '../support/sample.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const table = async (asked: object = {}, from = api) => csvRows(await exported(from, { format: 'csv', ...asked }))

describe('an export as a table', () => {
  it('has a row for each development that the list has, from the same viewpoint and by the same filter', async () => {
    const filter = { kind: ['TALK', 'EXCHANGE'], actor: [{ actor: 'Baku' }] }
    for (const viewpoint of ['asOf: "2023-12-10T23:59:59.999Z", ', '']) {
      const asked = `query ($filter: DevelopmentFilter) {
        developments(first: 100, ${viewpoint}orderBy: RECORDED_ASC, filter: $filter) {
          nodes { id ref headline status reportCount independentSourceCount }
        }
      }`
      const { developments } = await api.ask(asked, { filter })
      const rows = await table({ filter, ...(viewpoint !== '' && { asOf: '2023-12-10T23:59:59.999Z' }) })
      expect(
        rows.map(({ id, ref, headline, status, report_count, independent_source_count }) => ({
          ...{ id, ref, headline },
          status: status || null,
          ...{ reportCount: Number(report_count), independentSourceCount: Number(independent_source_count) },
        })),
      ).toEqual(developments.nodes)
      expect(rows.length).toBeGreaterThan(2)
    }
  })

  it('tells of the exchange of 13 December what the reports tell', async () => {
    const rows = await table({ filter: { kind: ['EXCHANGE'] } })
    const swap = rows.find(({ figure_best }) => figure_best === '32')
    expect(swap).toMatchObject({
      ...{ kind: 'EXCHANGE', process: 'armenia-azerbaijan', status: 'CARRIED_OUT', exchange_form: 'RECIPROCAL' },
      ...{ when_earliest: '2023-12-13T00:00:00.000Z', when_precision: 'DAY', ucdp_date_prec: '1' },
      ...{ figure_measure: 'RELEASED', figure_qualifier: 'EXACT', figure_count: '2', figure_unit: '' },
    })
    expect(JSON.parse(swap?.figures as string).map(({ best }: { best: number }) => best)).toEqual([32, 2])
    expect(swap?.releaser?.split(';').sort()).toEqual(['armenia', 'azerbaijan'])
    expect(swap?.actors?.split(';')).toContain('Azerbaijan')
  })

  it('says who was invited to a talk and who declined', async () => {
    const { talks } = await api.ask(
      '{ talks(declinedBy: ["Azerbaijan"]) { nodes { ref invitations(response: [DECLINED]) { invitee { ref } } } } }',
    )
    const rows = await table({ filter: { kind: ['TALK'] } })
    expect(talks.nodes.length).toBeGreaterThan(0)
    for (const { ref, invitations } of talks.nodes) {
      const declined = rows.find((row) => row.ref === ref)?.declined?.split(';')
      expect(declined).toEqual(
        expect.arrayContaining(invitations.map((i: { invitee: { ref: string } }) => i.invitee.ref)),
      )
    }
  })

  it('names in every row the place of the feed at which it was read', async () => {
    const { feedHead } = await api.ask('{ feedHead { cursor } }')
    expect(new Set((await table()).map(({ cursor }) => cursor))).toEqual(new Set([feedHead.cursor]))
  })

  it('has the columns that docs/export.md describes, in that order', () => {
    const text = readFileSync(new URL('../../docs/export.md', import.meta.url), 'utf8')
    const described = text.slice(text.indexOf('## CSV')).matchAll(/^\| (`[a-z_`, ]+`) \|/gm)
    expect([...described].flatMap(([, names = '']) => names.replaceAll('`', '').split(', '))).toEqual(columnNames)
  })

  it('gives spreadsheets nothing to run, and data frames their numbers', async () => {
    await using other = await openApi()
    const headlines = [
      '=HYPERLINK("http://x","y")',
      '+1',
      '-2+3',
      '@SUM(A1)',
      'a, "b"',
      'Two\nlines',
      '=1\n,"',
      'Ծառ; ağac',
    ]
    const accounts = headlines.map((headline, i) =>
      exchange({ ref: `swap-${i}`, status: 'AGREED', on: '2023-12-07', headline, place: 'far' }),
    )
    const places = [{ id: 'far', name: '@far', latitude: -12.5, longitude: -70 }]
    await other.record.ingest({ ...dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, ...accounts), places })
    const text = await exported(other, { format: 'csv' })
    const rows = csvRows(text)
    expect(rows.map(({ headline }) => headline)).toEqual([
      ...headlines.map((headline) => (/^[=+@-]/.test(headline) ? `'${headline}` : headline)),
    ])
    expect(rows[0]).toMatchObject({ place_name: "'@far", place_latitude: '-12.5', place_longitude: '-70' })
    expect(text.startsWith('ref,kind,')).toBe(true)
    expect(text.split('\r\n')).toHaveLength(headlines.length + 2)
  })

  it('goes on after any row with what would have come', async () => {
    await api.record.ingest({
      ...{ process: 'armenia-azerbaijan', report: { id: 'later', published: day('2023-12-20') } },
      developments: [
        { ref: 'later-talk', kind: 'TALK', extent: 'MEETING', headline: 'Later', citations: [{ locator: 'lead' }] },
      ],
    })
    const at = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    const filter = { kind: ['STATEMENT', 'TALK'] }
    const whole = await exported(api, { format: 'csv', filter, at })
    await api.record.ingest({
      ...{ process: 'armenia-azerbaijan', report: { id: 'latest', published: day('2023-12-21') } },
      developments: [
        { ref: 'later-talk', kind: 'TALK', extent: 'MEETING', headline: 'Latest', citations: [{ locator: 'lead' }] },
      ],
    })
    const bounds = { page: 3, scan: 3, bytes: 1 }
    for (const { resume } of csvRows(whole)) {
      const remainder = whole.slice(whole.indexOf(resume as string) + (resume as string).length + '\r\n'.length)
      expect(await exported(api, { format: 'csv', filter, after: resume }, bounds)).toBe(remainder)
    }
  })
})
