import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './embeddedBinaries.ts'
import { findLauncher, giveFolder } from './embeddedLauncher.ts'
import { isRunning } from './embeddedProcess.ts'
import { StartupError } from './startupError.ts'

const run = promisify(execFile)

/** The database's superuser; ours alone, the server listens to nobody else. */
export const USER = 'parley'

// Beside PostgreSQL's own files, so that data and password come into being in one step and are moved together.
const PASSWORD_FILE = 'parley.password'
const DRAFT = 'postgres.new-'

/**
 * Makes sure that PostgreSQL's folder exists and is one that these binaries can run.
 * Any number of processes may do this at once, and any may die doing it: each makes a draft, and one rename decides.
 * @returns the password of the superuser
 * @throws StartupError when the folder is of another version or another user, or cannot be made
 */
export async function prepareFolder(
  folder: string,
  dataDir: string,
  binaries: Binaries,
  log: (line: string) => void,
): Promise<string> {
  if ((await versionOf(folder)) === undefined) {
    log(`Making the database in ${folder} (first start)`)
    await initialise(folder, dataDir, binaries)
  }
  await refuseForeign(folder, binaries.major)
  try {
    return (await readFile(join(folder, PASSWORD_FILE), 'utf8')).trim()
  } catch (error) {
    throw new StartupError(
      `${join(folder, PASSWORD_FILE)} cannot be read (${(error as NodeJS.ErrnoException).code}): ` +
        'without it nobody can enter this database; restore it, or move the folder away to begin anew',
    )
  }
}

async function versionOf(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new StartupError(
      `The data folder ${folder} cannot be read (${code}): start Parley as the user it belongs to, or choose another`,
    )
  }
}

async function refuseForeign(folder: string, major: string): Promise<void> {
  const version = await versionOf(folder)
  if (version !== major) {
    throw new StartupError(
      `The data folder ${folder} was written by PostgreSQL ${version}, this Parley brings PostgreSQL ${major}: ` +
        'use the Parley that wrote it, or move the folder away to begin anew',
    )
  }
  const uid = process.getuid?.()
  if (uid !== undefined && uid !== 0 && (await stat(folder)).uid !== uid) {
    throw new StartupError(
      `The data folder ${folder} belongs to another user: start Parley as that user, or choose another folder`,
    )
  }
}

async function initialise(folder: string, dataDir: string, binaries: Binaries): Promise<void> {
  await clearDrafts(dataDir)
  const draft = await mkdtemp(join(dataDir, `${DRAFT}${process.pid}-`)).catch((error: NodeJS.ErrnoException) => {
    throw new StartupError(
      `The data folder ${dataDir} cannot be written (${error.code}): ` +
        'start Parley as the user it belongs to, or choose another',
    )
  })
  try {
    const data = join(draft, 'data')
    const password = join(draft, 'password')
    await mkdir(data, { mode: 0o700 })
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    const launcher = await findLauncher(data, binaries.postgres)
    await giveFolder(data, launcher)
    await initdb(launcher, binaries.initdb, data, password)
    await rename(password, join(data, PASSWORD_FILE))
    await rename(data, folder).catch(async (error: NodeJS.ErrnoException) => {
      // Another process was faster: its folder is as good as ours.
      if ((await versionOf(folder)) === undefined) throw blocked(folder, error)
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function blocked(folder: string, error: NodeJS.ErrnoException): StartupError {
  return new StartupError(`${folder} is not a PostgreSQL folder and in the way (${error.code}): move it away`)
}

// The builtin C.UTF-8 sorts and folds the same on every system, whatever locales that has.
async function initdb(launcher: string[], program: string, data: string, password: string): Promise<void> {
  const [command, ...args] = [
    ...launcher,
    program,
    `--pgdata=${data}`,
    `--username=${USER}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  try {
    await run(command as string, args)
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    const reason = stderr?.match(/(?:error|FATAL): *(.*)/)?.[1] ?? stderr?.trim().split('\n')[0] ?? message
    throw new StartupError(
      `The embedded PostgreSQL cannot make its folder (${reason || message}): ` +
        'choose a data folder on a local disk, or set DATABASE_URL to a PostgreSQL server',
    )
  }
}

async function clearDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = name.match(/^postgres\.new-(\d+)-/)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(dataDir, name), { recursive: true, force: true })
  }
}
