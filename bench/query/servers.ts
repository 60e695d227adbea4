import type { Startable } from '../feed/servers.ts'

/** Who is measured, by the name in the table. */
export const parley: Startable = { name: 'Parley', script: '../../src/main.ts' }
export const postgraphile: Startable = { name: 'PostGraphile 5', script: '../peers/tablesPostgraphile.ts' }
export const sql: Startable = { name: 'hand-written SQL', script: '../peers/sql.ts' }
export const still = (folder: string): Startable => ({
  ...{ name: 'static response', script: '../peers/still.ts', args: [folder] },
})

/** Rows of the table: Parley is measured twice. */
export const names = ['Parley, cold', 'Parley, warm', 'PostGraphile 5', 'hand-written SQL', 'static response'] as const
export type Name = (typeof names)[number]
