import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/store/embedded.ts'
import { applyMigrations } from '../../src/store/migrations.ts'
import { buildPrograms } from './programs.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the suite's server; its database is empty and not to be used. */
    postgresUrl: string
  }
}

/** The database that each test file's own is copied from: migrated, empty. */
export const TEMPLATE = 'parley_template'

// What a test writes need not survive the machine, and nobody guesses at its password: tests connect thousands of times.
const FAST = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  scram_iterations: '1',
}

/** Starts the suite's own PostgreSQL, never the developer's, makes the template once, and builds what tests start. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const clear = await buildPrograms()
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'))
  let server: Awaited<ReturnType<typeof openEmbedded>> | undefined
  const teardown = async () => {
    await server?.close()
    await rm(dataDir, { recursive: true, force: true })
    await clear()
  }
  try {
    server = await openEmbedded({ dataDir, settings: FAST })
    await makeTemplate(server.url)
    project.provide('postgresUrl', server.url)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

async function makeTemplate(url: string): Promise<void> {
  const admin = new pg.Client(url)
  await admin.connect()
  // As it is stored, it still takes as many rounds to check as when it was made.
  await admin.query(`alter role current_user password ${pg.escapeLiteral(decodeURIComponent(new URL(url).password))}`)
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()

  const address = new URL(url)
  address.pathname = `/${TEMPLATE}`
  const client = new pg.Client(address.href)
  await client.connect()
  await applyMigrations(client, { folder: fileURLToPath(new URL('../../prisma/migrations', import.meta.url)) })
  await client.end()
}
