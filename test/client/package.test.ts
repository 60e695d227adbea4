import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { originOf } from '../support/ask.ts'
import { openBadLine } from '../support/badLine.ts'
import { browser, quiet } from '../support/browser.ts'
import { read, root } from '../support/files.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

const modules = (...path: string[]) => join(root, 'node_modules', ...path)
const run = (args: string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

// A project of somebody who has installed the package, its only dependency, and what the README uses beside it.
let project: Folder
let record: Record
let server: TestServer
beforeAll(async () => {
  project = await makeFolder()
  await mkdir(join(project.path, 'node_modules', '@urql'), { recursive: true })
  for (const name of ['graphql-ws', 'graphql', 'ws', '@urql/core', 'wonka', '@0no-co'])
    await symlink(modules(name), join(project.path, 'node_modules', name))
  await project.write('package.json', { type: 'module' })
  const parley = join(project.path, 'node_modules', 'parley')
  await mkdir(parley)
  const built = run(['--import', import.meta.resolve('tsx'), 'src/cli/build.ts', parley], root)
  expect(built).toMatchObject({ status: 0 })
  record = await openRecord()
  server = await openServer(record)
  await newsOf(record.write).many(3, 'old')
}, 60_000)
afterAll(async () => {
  await server?.close()
  await record?.[Symbol.asyncDispose]()
  await project?.[Symbol.asyncDispose]()
})

test('has one dependency, and what package.json exports is what is built', () => {
  const built = JSON.parse(readFileSync(join(project.path, 'node_modules', 'parley', 'package.json'), 'utf8'))
  const ours = JSON.parse(read('package.json'))
  expect(built.dependencies).toEqual({ 'graphql-ws': ours.dependencies['graphql-ws'] })
  expect(Object.values(ours.exports['./client'])).toEqual(
    Object.values(built.exports['./client']).map((path) => (path as string).replace('./', './dist/')),
  )
})

test('the README’s examples are correct TypeScript in a project of browsers, types checked to the last', async () => {
  const blocks = [...read('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string)
  expect(blocks).toHaveLength(2)
  for (const [i, code] of blocks.entries()) await project.write(`example-${i}.ts`, code)
  await project.write('tsconfig.json', {
    compilerOptions: {
      ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], types: [] },
      ...{ module: 'esnext', moduleResolution: 'bundler', exactOptionalPropertyTypes: false },
    },
    include: ['example-*.ts'],
  })
  expect(run([modules('typescript', 'bin', 'tsc'), '-p', project.path], project.path)).toEqual({ status: 0, said: '' })
})

test('runs in Node, and a program that leaves the loop ends by itself: no timer, socket or listener holds it', async () => {
  const program = `
    import { follow } from 'parley/client'
    import { WebSocket } from 'ws'
    const feed = follow({ url: process.argv[2], after: process.argv[3], webSocketImpl: WebSocket })
    for await (const { position, ref } of feed) {
      console.log(position, ref)
      if (position === 3) break
    }
    console.log(feed.state.is, process.getActiveResourcesInfo().filter((name) => /Timeout|TCP/.test(name)).length)`
  await project.write('program.js', program)
  const began = performance.now()
  const url = `ws://127.0.0.1:${server.port}/graphql`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['program.js', url, await originOf(server)], {
    cwd: project.path,
  })
  expect(stderr).toBe('')
  expect(stdout.trim().split('\n')).toEqual(['1 old-1', '2 old-2', '3 old-3', 'closed 0'])
  // Had it waited for a retry or a heartbeat, it would have taken as long.
  expect(performance.now() - began).toBeLessThan(9000)
})

const title = browser ? 'in a browser' : 'in a browser (skipped: there is no Chromium here)'
describe.skipIf(!browser)(title, () => {
  test('runs from an import map, and comes back when its connection is cut', async () => {
    await using line = await openBadLine(server.port)
    const origin = `http://127.0.0.1:${line.port}`
    const context = await chromium.launch({ executablePath: browser as string, args: quiet })
    try {
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      const imports = { 'parley/client': '/parley/client/follow.js', 'graphql-ws/client': '/graphql-ws/dist/client.js' }
      const html = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>
        <script type="module">
          import { follow } from 'parley/client'
          window.seen = []
          window.states = []
          const feed = follow({
            url: 'ws://' + location.host + '/graphql',
            after: '${await originOf(server)}',
            retry: { firstMs: 10 },
            onState: ({ is }) => states.push(is),
            onCursor: (cursor) => (localStorage.cursor = cursor),
          })
          for await (const { ref } of feed) seen.push(ref)
        </script>`
      await page.route(/\/(parley|graphql-ws)\//, async (route) => {
        const { pathname } = new URL(route.request().url())
        const body = await readFile(join(project.path, 'node_modules', pathname))
        return route.fulfill({ contentType: 'text/javascript', body })
      })
      // A page that the test itself makes up counts as one from outside, which may not open a socket to this machine.
      await page.goto(`${origin}/livez`)
      await page.setContent(html)
      const seen = (count: number) => page.waitForFunction(`seen.length === ${count}`)
      await seen(3)
      line.cut()
      await page.waitForFunction(`states.includes('offline')`)
      await newsOf(record.write).agreed('new')
      await seen(4)
      expect(await page.evaluate('seen')).toEqual(['old-1', 'old-2', 'old-3', 'new'])
      expect(await page.evaluate('localStorage.cursor')).toBeTypeOf('string')
      expect(errors).toEqual([])
    } finally {
      await context.close()
    }
  }, 60_000)
})
