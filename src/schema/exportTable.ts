import { type Options, stringify } from 'csv-stringify/sync'
import { encodeCursor } from '../feed/cursor.ts'
import type { Database } from '../store/database.ts'
import { listDevelopments } from '../store/developmentList.ts'
import { readExportRows } from '../store/exportRows.ts'
import { type Cell, columns } from './exportColumns.ts'
import { exportedFigures } from './exportFigure.ts'
import type { Export } from './exportRequest.ts'
import { encodeToken, numberIn } from './exportToken.ts'
import { badInput } from './refused.ts'

/** The names of all columns, in order. The last two say at which place of the feed it was read, and where to go on. */
export const columnNames = [...columns.map(({ name }) => name), 'cursor', 'resume']

// RFC 4180, and no cell that a spreadsheet would run (https://owasp.org/www-community/attacks/CSV_Injection).
// A lone line feed is no delimiter of ours, and is quoted all the same.
const form: Options = { record_delimiter: '\r\n', quoted_match: /[\r\n]/, escape_formulas: true }

/** An export as CSV: a row a development, in the order of the feed, a page a time. What is resumed has no header row. */
export async function* exportTable(
  { pool }: Database,
  asked: Export,
  { page }: { readonly page: number },
): AsyncGenerator<string> {
  const { viewpoint, filter, of } = asked
  const cursor = encodeCursor(viewpoint)
  let after = asked.after === undefined ? undefined : positionOf(asked.after)
  if (after === undefined) yield stringify([columnNames], form)
  for (let more = true; more; ) {
    const found = await listDevelopments(pool, viewpoint, {
      ...{ filter, order: 'RECORDED_ASC', limit: page, backwards: false },
      after: after === undefined ? undefined : { sort: String(after), position: after },
    })
    const positions = found.keys.map(({ position }) => position)
    const rows = (await readExportRows(pool, positions)).map((row): Cell[] => {
      const resume = encodeToken({ ...viewpoint, of, place: String(row.position) })
      const figures = exportedFigures(row)
      return [...columns.map(({ cell }) => cell(row, figures)), cursor, resume]
    })
    if (rows.length > 0) yield stringify(rows, form)
    after = positions.at(-1)
    more = found.more
  }
}

function positionOf(place: string): number {
  const position = numberIn(place)
  if (position !== undefined) return position
  throw badInput('after', 'must be a token that an export of this format gave out', place)
}
