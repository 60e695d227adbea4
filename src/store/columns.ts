import { Prisma } from './prisma/client.ts'

/**
 * The columns of a table that rows are read of, by name. A statement that is prepared with `*` fails once another
 * process has migrated the table to have one more.
 */
export function columnsOf(table: Prisma.ModelName): string {
  return Object.keys(Prisma[`${table}ScalarFieldEnum`])
    .map((column) => `"${column}"`)
    .join(', ')
}
