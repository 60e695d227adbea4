import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'

/** A file that a page is built of, as it is sent: plain and, where the build has packed it, packed. */
export interface BuiltFile {
  readonly type: string
  /** Strong entity tag of the content. */
  readonly tag: string
  readonly plain: Buffer
  readonly br: Buffer | undefined
  readonly gzip: Buffer | undefined
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/**
 * Reads what was built, by path from the folder, with slashes: `assets/index-1f2e3d.js`. It is some hundred kilobytes, and
 * held in memory: a build under a running server changes nothing that it serves. Empty: there is no such folder.
 */
export function readBuilt(folder: string): ReadonlyMap<string, BuiltFile> {
  const contents = new Map(pathsIn(folder).map((path) => [path, readFileSync(join(folder, path))]))
  const built = new Map<string, BuiltFile>()
  for (const [path, plain] of contents) {
    const type = types[extname(path)]
    if (type === undefined) continue
    const tag = `"${createHash('sha256').update(plain).digest('base64url')}"`
    built.set(path.replaceAll(sep, '/'), {
      ...{ type, tag, plain },
      ...{ br: contents.get(`${path}.br`), gzip: contents.get(`${path}.gz`) },
    })
  }
  return built
}

function pathsIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
