import { readdirSync, readFileSync } from 'node:fs'
import { getOperationAST, type OperationDefinitionNode, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { subscribing } from '../src/client/subscription.ts'
import { readConfig } from '../src/config.ts'
import { schema } from '../src/schema/schema.ts'

const root = new URL('../', import.meta.url)
const text = readFileSync(new URL('README.md', root), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)?.[1] as string

describe('the README', () => {
  it('is short enough to be read', () => {
    expect(text.split('\n').length).toBeLessThan(130)
  })

  it('asks the questions of GraphiQL’s tabs, each one operation that the schema takes', () => {
    const document = parse(block('graphql'))
    const named = document.definitions.map((d) => (d as OperationDefinitionNode).name?.value)
    const folder = new URL('src/transport/questions/', root)
    const tabs = readdirSync(folder)
      .sort()
      .map((file) => getOperationAST(parse(readFileSync(new URL(file, folder), 'utf8'))))
    expect(named).toEqual(tabs.filter((tab) => tab?.operation === 'query').map((tab) => tab?.name?.value))
    expect(validate(schema, document)).toEqual([])
  })

  it('follows with operations that the schema takes', () => {
    const selection = /selection: '(.*)'/.exec(text)?.[1] as string
    const query = /'(subscription .*)'/.exec(text)?.[1] as string
    for (const asked of [{ selection }, { query }, {}])
      expect(validate(schema, parse(subscribing(asked).request(undefined).query))).toEqual([])
  })

  it('lists every setting with what holds unless it is set', () => {
    const rows = [...text.matchAll(/^\| (`[A-Z_`, ]+`) \| ([^|]+) \|/gm)]
    const listed = rows.flatMap(([, names = '', values = '']) => {
      const value = values.split(',').map((v) => v.trim().replaceAll('`', ''))
      return [...names.matchAll(/`(\w+)`/g)].map(([, name], i) => [name, value[i]])
    })
    const held = readConfig({})
    const jwt = readConfig({ PARLEY_JWT_ISSUER: 'http://issuer', PARLEY_JWT_AUDIENCE: 'us' }).tokens
    expect(Object.fromEntries(listed)).toEqual({
      ...{ HOST: held.host, PORT: `${held.port}`, DATABASE_URL: '–', PARLEY_DATA_DIR: held.dataDir },
      ...{ PARLEY_HEARTBEAT_MS: `${held.heartbeatMs}`, PARLEY_POLL_MS: `${held.pollMs}` },
      ...{ PARLEY_STALL_MS: `${held.stallMs}`, PARLEY_LEAVE_MS: `${held.leaveMs}` },
      ...{ PARLEY_DRAIN_MS: `${held.drainMs}`, PARLEY_MAX_COST: `${held.maxCost}` },
      ...{ PARLEY_PUBLIC_READ: '–', PARLEY_TRUSTED_PROXIES: '–' },
      ...{ PARLEY_JWT_ISSUER: '–', PARLEY_JWT_AUDIENCE: '–', PARLEY_JWT_JWKS_URL: '–' },
      ...{ PARLEY_JWT_ROLE_CLAIM: jwt?.roleClaim, PARLEY_JWT_ALGORITHMS: jwt?.algorithms.join(' ') },
      ...{ PARLEY_JWT_SKEW_S: `${jwt?.skewSeconds}`, PARLEY_LOG_LEVEL: held.logLevel },
      PARLEY_METRICS_PORT: held.metrics === undefined ? '–' : 'somewhere',
      PARLEY_METRICS_HOST: readConfig({ PARLEY_METRICS_PORT: '0' }).metrics?.host,
      PARLEY_TRACES: '–',
    })
    const known = readFileSync(new URL('src/config.ts', root), 'utf8').match(
      /^ {2}(HOST|PORT|DATABASE_URL|PARLEY_\w+):/gm,
    )
    expect(known).toHaveLength(listed.length)
  })

  it('names only commands and files that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
    const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands))
    for (const [, path] of text.matchAll(/\]\(([^)#]+)\)/g)) readFileSync(new URL(path as string, root))
  })
})
