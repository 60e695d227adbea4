import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { TEMPLATE } from './postgres.ts'

/**
 * Makes a database for one test file.
 * @param options.isEmpty without the migrations
 */
export async function createDatabase(options: { isEmpty?: boolean } = {}): Promise<{
  url: string
  drop(): Promise<void>
}> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = options.isEmpty ? 'template0' : TEMPLATE
  await administer(`create database ${name} template ${template} strategy file_copy`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) }
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client(inject('postgresUrl'))
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
