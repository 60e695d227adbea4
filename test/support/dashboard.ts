import { statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { filesOf, root } from './files.ts'

/** Builds the dashboard before all tests, unless what is built is newer than what it is built of. */
export async function setup(): Promise<void> {
  const sources = filesOf(/^src\/(dashboard|client)\/|^vite\.config\.ts$|^package-lock\.json$/)
  const newest = Math.max(...sources.map((file) => statSync(join(root, file)).mtimeMs))
  const built = statSync(join(root, 'dist', 'dashboard', 'index.html'), { throwIfNoEntry: false })
  if (built && built.mtimeMs >= newest) return
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
}
