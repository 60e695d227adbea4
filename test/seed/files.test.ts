import { describe, expect, it } from 'vitest'
import { nameKey } from '../../src/domain/actor.ts'
import { canonical } from '../../src/domain/canonical.ts'
import { dispatch as dispatchContract } from '../../src/ingest/contract.ts'
import { processDocument } from '../../src/ingest/contractIdentity.ts'
import { openRecord } from '../support/record.ts'
import { dispatches, document, files, known, namesIn, read, readme, refs, resolver } from './seed.ts'

const expectedRefs = [
  ...['joint-statement', 'commission-statement', 'pashinyan-list', 'pashinyan-facebook', 'powers-welcome'],
  ...['michel-welcome', 'miller-welcome', 'yerevan-55-held', 'treaty-by-year-end', 'armenia-mfa-accepts'],
  ...['washington-ministers', 'spain-talks', 'us-talks', 'iran-talks', 'brussels-may', 'offices-talks'],
  ...['leaders-meetings', 'normalisation-track', 'border-withdrawal-talks', 'exchange-32-2', 'treaty'],
  ...['further-confidence-building', 'cop29-support', 'cop-bureau-support', 'reintegration', 'offensive'],
  ...['surrender', 'displacement', 'separatist-leaders-detained', 'two-wars', 'war-2020', 'secession'],
]

/** The table's references: a ref, and the keys of its claims that are named beside it. */
function table(): { ref: string; keys: string[] }[] {
  const rows = readme.split('## Where each fact stands')[1]?.match(/^\| [^|]+ \| [^|]+ \| `.*$/gm) ?? []
  return rows.flatMap((row) =>
    (row.split(' | ')[2] as string).split('; ').flatMap((part) => {
      const [ref, ...keys] = [...part.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string)
      return part.startsWith('`') && ref !== undefined ? [{ ref, keys }] : []
    }),
  )
}

describe('the files of the seed', () => {
  it('satisfy the contract', () => {
    expect(processDocument.safeParse(read('process.json')).error?.issues).toBeUndefined()
    for (const file of files)
      expect([file, dispatchContract.safeParse(read(file)).error?.issues]).toEqual([file, undefined])
  })

  it('name the schema that completes them', () => {
    expect(read('process.json')).toMatchObject({ $schema: '../process.schema.json' })
    for (const file of files) expect(read(file)).toMatchObject({ $schema: '../dispatch.schema.json' })
  })

  it('are numbered in the order in which the reports became known', () => {
    const order = dispatches.map(({ report }) => [report.published.latest, report.published.earliest, report.id])
    expect(order.map((key) => key[2])).toEqual([
      'dw-2023-12-07',
      'bbc-copy-2023-12-08',
      'upi-2023-12-08',
      'exchange-report-2023-12-13',
      'exchange-retelling-2023-12-14',
    ])
    expect(order).toEqual([...order].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1)))
  })

  it('quote at most twelve words at a time', () => {
    const quotations = dispatches.flatMap(({ developments }) =>
      developments.flatMap((development) => [
        ...development.citations.map((c) => c.quotation),
        ...(development.kind === 'STATEMENT' ? development.passages.map((p) => p.quotation) : []),
        ...development.claims.flatMap((c) => (c.aspect === 'WORDING' && 'text' in c.value ? [c.value.text] : [])),
      ]),
    )
    const long = quotations.filter((quotation) => (quotation?.split(/\s+/).length ?? 0) > 12)
    expect(quotations.length).toBeGreaterThan(40)
    expect(long).toEqual([])
  })

  it('give a reason for every inferred date', () => {
    const inferred = [...JSON.stringify(dispatches).matchAll(/\{[^{}]*"basis":"INFERRED"[^{}]*\}/g)].map((m) => m[0])
    expect(inferred.length).toBeGreaterThan(20)
    expect(inferred.filter((when) => !when.includes('"reason"'))).toEqual([])
  })

  it('tell 32 developments', () => {
    expect(refs).toEqual([...expectedRefs].sort())
  })

  it('summarise each development in every report that tells it', () => {
    const bare = dispatches.flatMap(({ developments }) => developments.filter((d) => d.summary === undefined))
    expect(bare).toEqual([])
  })

  it('link only developments of the same dispatch, so that each can come first', () => {
    for (const { developments } of dispatches) {
      const own = new Set(developments.map((d) => d.ref))
      expect(developments.flatMap((d) => d.links).filter(({ to }) => !own.has(to))).toEqual([])
    }
  })
})

describe('the names in the seed', () => {
  it('each belong to one actor', () => {
    const owners = new Map<string, string>()
    for (const { id, name, names } of document.actors) {
      for (const text of [id, name, ...names.map((n) => n.name)]) {
        expect([text, owners.get(nameKey(text)) ?? id]).toEqual([text, id])
        owners.set(nameKey(text), id)
      }
    }
  })

  it('all resolve', () => {
    for (const dispatch of dispatches) {
      const resolve = resolver(dispatch)
      expect(namesIn(dispatch.developments).filter(({ name }) => resolve(name) === undefined)).toEqual([])
    }
  })
})

describe("the README's table", () => {
  it('names every development, and none that is not there', () => {
    expect([...new Set(table().map(({ ref }) => ref))].sort()).toEqual(refs)
  })

  it('names claims that the developments hold', () => {
    for (const { ref, keys } of table()) {
      const held = known(ref).claims.map((c) => c.key)
      const missing = keys.filter((key) => !held.some((k) => k === key || k.split('/').includes(key)))
      expect([ref, missing]).toEqual([ref, []])
    }
  })
})

describe('the record', () => {
  it('takes each dispatch alone, after the process', async () => {
    for (const file of files) {
      await using record = await openRecord(read('process.json'))
      const { created } = await record.ingest(read(file))
      expect(created.length).toBeGreaterThan(0)
    }
  })

  it('is the same whichever dispatch comes first', async () => {
    const content = async (order: readonly string[]): Promise<string[]> => {
      await using record = await openRecord(read('process.json'))
      for (const file of order) await record.ingest(read(file))
      const { rows } = await record.database.pool.query(
        `select "developmentId", headline, summary, status, "when", "placeId", facets, "independentSourceCount"
         from "Revision" where "supersededBy" is null order by "developmentId"`,
      )
      return rows.map(canonical)
    }
    const forwards = await content(files)
    expect(forwards).toHaveLength(32)
    for (const shift of [1, 2, 3, 4]) {
      expect(await content([...files.slice(shift), ...files.slice(0, shift)])).toEqual(forwards)
    }
    expect(await content([...files].reverse())).toEqual(forwards)
  })
})
