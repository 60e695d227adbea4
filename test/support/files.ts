import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

// Folders that git ignores. The generated client is no source, but the sources import it.
const ignored = new Set(
  readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/') && line !== 'src/store/prisma/')
    .map((line) => line.slice(0, -1))
    .concat('.git'),
)

const files = [...below('')].sort()

function* below(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    // As git does: also those further down.
    if (ignored.has(entry.name)) continue
    if (entry.isDirectory()) yield* below(path)
    else yield path
  }
}

/** The files of the checkout whose paths, from its root and with slashes, match. */
export function filesOf(pattern: RegExp): string[] {
  return files.filter((file) => pattern.test(file))
}

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
