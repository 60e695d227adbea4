import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// `npm run build` writes the client as a package of its own, so that whoever follows the feed does not install a server,
// and builds the dashboard beside it. `npm run build -- <folder>` writes the client alone, elsewhere.
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = resolve(process.argv[2] ?? join(root, 'dist'))
const out = join(folder, 'client')

// What is no longer a source must not stay behind.
rmSync(out, { recursive: true, force: true })
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const project = join(root, 'tsconfig.client.json')
const { status } = spawnSync(process.execPath, [compiler, '-p', project, '--outDir', out], { stdio: 'inherit' })
if (status === 0) {
  const { name, version, license, engines, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const manifest = {
    ...{ name, version, description: 'Follows the feed of a Parley server and loses nothing.', private: true, license },
    ...{ type: 'module', sideEffects: false, engines },
    exports: { './client': { types: './client/follow.d.ts', default: './client/follow.js' } },
    dependencies: { 'graphql-ws': dependencies['graphql-ws'] },
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  console.log(`Wrote ${relative(process.cwd(), folder) || folder}`)
}
if (status === 0 && process.argv[2] === undefined) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  process.exitCode = built.status ?? 1
} else process.exitCode = status ?? 1
