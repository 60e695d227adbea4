import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Folder, makeFolder } from '../support/folder.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let folder: Folder
let origin: string
beforeAll(async () => {
  record = await openRecord()
  folder = await makeFolder()
  server = await openServer(record)
  origin = server.url.replace('/graphql', '')
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const html = { accept: 'text/html,*/*;q=0.8' }

test('the page is served at the root and at every address of a view, and lets nothing in but what is its own', async () => {
  const root = await fetch(origin, { headers: html })
  const page = await root.text()
  expect(page).toContain('<title>Parley</title>')
  for (const path of ['/timeline', '/development/exchange-32-2', '/search?q=a.b', '/?asOf=2023-12-10']) {
    const view = await fetch(origin + path, { headers: html })
    expect([path, view.status, await view.text()]).toEqual([path, 200, page])
  }
  const policy = root.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|\*/)
  expect(root.headers.get('cache-control')).toBe('no-cache')
  expect(root.headers.get('x-content-type-options')).toBe('nosniff')
})

test('what else is served stays what it is', async () => {
  expect(await (await fetch(`${origin}/livez`, { headers: html })).text()).toBe('')
  expect((await fetch(`${origin}/operator`, { headers: html })).headers.get('content-security-policy')).toMatch(
    /sha256/,
  )
  const [graphiql, asked, nowhere] = await Promise.all([
    fetch(server.url, { headers: html }),
    fetch(`${server.url}?query={feedHead{position}}`),
    fetch(`${origin}/timeline`, { headers: { accept: 'application/json' } }),
  ])
  expect(await graphiql.text()).toContain('graphiql')
  expect(await asked.json()).toMatchObject({ data: { feedHead: { position: 0 } } })
  expect(nowhere.status).toBe(404)
  expect(
    (await fetch(`${origin}/`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status,
  ).toBe(404)
})

test('its files are sent packed, kept for good, and known again by their tags', async () => {
  const page = await (await fetch(origin, { headers: html })).text()
  const [, path = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? []
  const sent = (headers: object, method = 'GET') =>
    new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; size: number }>(
      (resolve, reject) => {
        get(origin + path, { method, headers: { ...headers } }, (response) => {
          let size = 0
          response.on('data', (chunk: Buffer) => {
            size += chunk.length
          })
          response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, size }))
        }).on('error', reject)
      },
    )
  const [plain, gzip, br] = [
    await sent({}),
    await sent({ 'accept-encoding': 'gzip, deflate' }),
    await sent({ 'accept-encoding': 'gzip, br' }),
  ]
  expect([plain, gzip, br].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br'])
  expect(br.size).toBeLessThan(gzip.size)
  expect(gzip.size).toBeLessThan(plain.size)
  expect(br.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    vary: 'accept-encoding',
  })
  expect(await sent({ 'if-none-match': br.headers.etag })).toMatchObject({ status: 304, size: 0 })
  expect(await sent({}, 'HEAD')).toMatchObject({ status: 200, size: 0 })
})

test('nothing outside of what was built can be read, nor what is not there', async () => {
  for (const path of [
    '/assets/none.js',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/',
  ]) {
    const { statusCode } = await new Promise<{ statusCode?: number | undefined }>((resolve, reject) => {
      get({ host: '127.0.0.1', port: server.port, path }, (response) => {
        response.resume()
        resolve(response)
      }).on('error', reject)
    })
    expect([path, statusCode]).toEqual([path, 404])
  }
})

test('where it is not built, its page says how to build it', async () => {
  const unbuilt = await openServer(record, { dashboard: folder.path })
  const page = await fetch(unbuilt.url.replace('/graphql', '/'), { headers: html })
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('npm run build:dashboard')
  await unbuilt.close()
})
