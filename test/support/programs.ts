import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { root } from './files.ts'

/** What tests start in processes of their own, by their paths in the checkout. */
const programs = ['src/main', 'src/cli/ingest', 'src/cli/keys', 'test/support/embeddedUser']

/** Where the programs were built to. */
const FOLDER = 'PARLEY_TEST_PROGRAMS'

/**
 * Builds the programs, for all tests of this run: of what it takes to start one from its sources, tsx takes two thirds,
 * which has a hand in the loading of every module. Returns how to clear them away.
 */
export async function buildPrograms(): Promise<() => Promise<void>> {
  // Where what is installed is found from.
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const outdir = await mkdtemp(join(cache, 'parley-test-'))
  // Tests start them as other users, too.
  await chmod(outdir, 0o755)
  await build({
    ...{ entryPoints: programs.map((name) => `${name}.ts`), absWorkingDir: root, outdir, outbase: root },
    ...{ bundle: true, splitting: true, packages: 'external', keepNames: true, logLevel: 'warning' },
    ...{ platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' }, plugins: [inPlace] },
  })
  process.env[FOLDER] = outdir
  return () => rm(outdir, { recursive: true, force: true })
}

/** Each source finds what lies beside it where it would find it by itself. */
const inPlace: Plugin = {
  name: 'in place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' }
    })
  },
}

/**
 * What Node takes to run a program: as it was built, or, where it was not, as npm runs it.
 * @param name its path in the checkout, without an extension
 */
export function programArgs(name: string, { fromSource = false } = {}): string[] {
  const folder = process.env[FOLDER]
  if (!fromSource && folder !== undefined && programs.includes(name)) return [join(folder, `${name}.mjs`)]
  return ['--import', import.meta.resolve('tsx'), join(root, `${name}.ts`)]
}
