import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from '../store/embedded.ts'
import { migrate } from '../store/open.ts'
import { diffSchema } from '../store/schemaDiff.ts'
import { StartupError } from '../store/startupError.ts'

const USAGE = `npm run migration -- <name>

Writes prisma/migrations/<time>_<name>/migration.sql with what the migrations lack against prisma/schema.prisma.
The full name of a migration, with its time, writes that one anew, from what the ones before it lack: do so only
while no database has applied it.`

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'prisma', 'migrations')

try {
  const name = process.argv[2]
  if (!name || !/^\w+$/.test(name)) throw new StartupError(USAGE)
  const path = await writeMigration(/^\d{14}_/.test(name) ? name : `${timestamp(new Date())}_${name}`)
  console.log(
    path ? `Wrote ${relative(process.cwd(), path)}` : 'The migrations agree with prisma/schema.prisma already.',
  )
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function writeMigration(migration: string): Promise<string | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'parley-migration-'))
  try {
    const earlier = join(scratch, 'migrations')
    await copyEarlier(migration, earlier)
    const sql = await missingSql(scratch, earlier)
    if (sql === undefined) return undefined
    const path = join(folder, migration, 'migration.sql')
    await mkdir(join(folder, migration), { recursive: true })
    await writeFile(path, sql)
    return path
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function copyEarlier(migration: string, target: string): Promise<void> {
  await mkdir(target)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name >= migration) continue
    await cp(join(folder, entry.name), join(target, entry.name), { recursive: true })
  }
}

async function missingSql(dataDir: string, migrations: string): Promise<string | undefined> {
  const server = await openEmbedded({ dataDir, settings: { fsync: 'off' } })
  try {
    await migrate(server.url, migrations)
    return await diffSchema({ url: server.url, schema: join(root, 'prisma', 'schema.prisma') })
  } finally {
    await server.close()
  }
}

function timestamp(now: Date): string {
  return now.toISOString().replace(/\D/g, '').slice(0, 14)
}
