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

/**
 * Lets nobody connect to a database any more, until it is disposed of.
 * @param ended an SQL condition: which of its sessions are ended
 */
export async function shutDatabase(url: string, ended = 'true'): Promise<AsyncDisposable> {
  const name = new URL(url).pathname.slice(1)
  await administer(`alter database ${name} allow_connections false`)
  await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and ${ended}`)
  return { [Symbol.asyncDispose]: () => administer(`alter database ${name} allow_connections true`) }
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
