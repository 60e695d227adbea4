import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** How the dashboard is built: `npm run build:dashboard`. */
export default defineConfig({
  root: folder('src/dashboard'),
  base: '/',
  plugins: [solid(), packed(), embedded()],
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
        plugins: [packed()],
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
