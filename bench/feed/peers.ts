import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../', import.meta.url)

/** The version of a package that is installed for the peers; undefined: none is. */
export function installed(name: string): string | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, folder), 'utf8')).version
  } catch {
    return undefined
  }
}

/** Installs what the peers need, unless it is there. */
export function installPeers(say: (line: string) => void): void {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
  const isThere = Object.entries(dependencies).every(([name, version]) => installed(name) === version)
  if (isThere) return
  say('Installing what Parley is compared with into bench/node_modules')
  const args = ['ci', '--prefix', fileURLToPath(folder), '--loglevel', 'error']
  // Standard output is the table's.
  execFileSync('npm', args, { stdio: ['ignore', 2, 2] })
}
