import { GraphQLError } from 'graphql'
import { type Cursor, encodeCursor } from '../feed/cursor.ts'
import type { Services } from './context.ts'
import { type ExportBounds, exportBounds, exportDocuments } from './exportDocuments.ts'
import { type ExportAsked, readExport } from './exportRequest.ts'
import { exportTable } from './exportTable.ts'
import { told } from './operate.ts'

/** An export that is ready to be read. */
export interface Exporting {
  /** The place of the feed at which it is read, as text and as a number. */
  readonly cursor: string
  readonly position: Cursor['position']
  /** Two of one version give the same bytes. */
  readonly version: string
  /** Its text, a page a time: the next page is read when it is asked for. */
  pages(): AsyncGenerator<string>
}

/** Prepares an export, of the replica if that has come as far. Throws a GraphQLError for what is wrong with what is asked. */
export async function openExport(
  services: Services,
  asked: ExportAsked,
  bounds: ExportBounds = exportBounds,
): Promise<Exporting> {
  const allowed = await readExport(services, asked)
  const database = (await services.replica?.caughtUpWith(allowed.head)) ?? services.reading ?? services.database
  const read = asked.format === 'csv' ? exportTable : exportDocuments
  return {
    cursor: encodeCursor(allowed.viewpoint),
    position: allowed.viewpoint.position,
    version: allowed.version,
    pages: () => read(database, allowed, bounds),
  }
}

/** What became of an export that failed, as a client is told; what failed within is its `originalError`. */
export function exportError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  const known = told(error, { nodes: undefined, path: undefined })
  return known ?? new GraphQLError((error as Error).message, { originalError: error as Error })
}
