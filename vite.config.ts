import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { stringifyDocument } from '@urql/core'
import { type DocumentDecoration, initGraphQLTada } from 'gql.tada'
import { build, defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'
import { subscribing } from './src/client/subscription.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A document in a source, by the name under which others use it: its text, and the fragments that it takes. */
const DOCUMENT = /\b(\w+) = graphql\(\s*`([^`]+)`(?:,\s*\[([^\]]*)\])?/g

const listing = documents()

/** How the dashboard is built: `npm run build:dashboard`. */
export default defineConfig({
  root: folder('src/dashboard'),
  base: '/',
  plugins: [listing, solid(), packed(), embedded()],
  build: {
    outDir: folder('dist/dashboard'),
    emptyOutDir: true,
    // The page's policy lets nothing run, load or look but files of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Each installation builds: it says what goes wrong, not what takes long.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})

/** Builds the element for pages of others: one script, which brings all that it needs, at an address that stays. */
function embedded(): Plugin {
  return {
    name: 'embedded',
    apply: 'build',
    async closeBundle() {
      await build({
        configFile: false,
        root: folder('src/dashboard'),
        plugins: [listing, packed()],
        logLevel: 'error',
        build: {
          outDir: folder('dist/dashboard'),
          emptyOutDir: false,
          reportCompressedSize: false,
          modulePreload: { polyfill: false },
          rolldownOptions: {
            input: folder('src/dashboard/embed/parleyFeed.ts'),
            output: { entryFileNames: 'embed.js' },
          },
        },
      })
    },
  }
}

/** Packs each file once, so that no request waits for it. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css|html|json|svg)$/.test(file))) {
        const content = readFileSync(join(dir, name))
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content))
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}

/**
 * Lists what page and element ask, to the letter as they send it, by the hashes of it: a server that answers listed
 * documents only answers these, too.
 */
function documents(): Plugin {
  const texts = new Map<string, { text: string; fragments: readonly string[] }>()
  const graphql = initGraphQLTada() as (text: string, fragments: readonly unknown[]) => DocumentDecoration<unknown>
  // Each once: a fragment that comes in by two ways is known to be one by that.
  const known = new Map<string, DocumentDecoration<unknown>>()
  const made = (name: string): DocumentDecoration<unknown> => {
    const found = texts.get(name)
    if (found === undefined) throw new Error(`No document is called ${name}`)
    const document = known.get(name) ?? graphql(found.text, found.fragments.map(made))
    known.set(name, document)
    return document
  }
  const sent = (name: string) => {
    const query = stringifyDocument(made(name) as Parameters<typeof stringifyDocument>[0])
    return query.startsWith('subscription') ? subscribing({ query }).request(undefined).query : query
  }
  return {
    name: 'documents',
    apply: 'build',
    enforce: 'pre',
    transform(code) {
      for (const [, name = '', text = '', uses = ''] of code.matchAll(DOCUMENT)) {
        if (texts.has(name) && texts.get(name)?.text !== text) throw new Error(`Two documents are called ${name}`)
        const isCalled = (used: string) => new RegExp(`\\b(\\w+) as ${used}\\b`).exec(code)?.[1] ?? used
        texts.set(name, { text, fragments: (uses.match(/\w+/g) ?? []).map(isCalled) })
      }
    },
    writeBundle({ dir = '' }) {
      const operations = [...texts].filter(([, { text }]) => !/^\s*fragment\b/.test(text)).map(([name]) => sent(name))
      const listed = operations.map((query) => [createHash('sha256').update(query).digest('hex'), query])
      writeFileSync(join(dir, 'documents.json'), JSON.stringify(Object.fromEntries(listed), null, 2))
    },
  }
}
