import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/**
 * Copies a database as it is now, file by file, as a restored backup is: also the name of its history. Nobody may use
 * the original meanwhile; its connections are ended, and those who come back for them find it a moment later.
 */
export async function copyDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const original = new URL(url).pathname.slice(1)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(
    `alter database ${original} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${original}'`,
    `create database ${name} template ${original} strategy file_copy`,
    `alter database ${original} allow_connections true`,
  )
  const copy = new URL(url)
  copy.pathname = `/${name}`
  return { url: copy.href, drop: () => administer(`drop database ${name} with (force)`) }
}

async function administer(...statements: string[]): Promise<void> {
  const client = new pg.Client(inject('postgresUrl'))
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
