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
    expect(text.split('\n').length).toBeLessThan(120)
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
    const { host, port, dataDir, heartbeatMs, pollMs, stallMs, drainMs, maxCost, limits, hidesSchema } = readConfig({})
    expect(listed).toEqual([
      ...[
        ['HOST', host],
        ['PORT', `${port}`],
        ['DATABASE_URL', '–'],
        ['PARLEY_DATA_DIR', dataDir],
      ],
      ...[
        ['PARLEY_HEARTBEAT_MS', `${heartbeatMs}`],
        ['PARLEY_POLL_MS', `${pollMs}`],
      ],
      ...[
        ['PARLEY_STALL_MS', `${stallMs}`],
        ['PARLEY_DRAIN_MS', `${drainMs}`],
      ],
      ['PARLEY_MAX_COST', `${maxCost}`],
      ...[
        ['PARLEY_ORIGINS', '–'],
        ['PARLEY_INTROSPECTION', hidesSchema ? 'no' : 'yes'],
        ['PARLEY_DOCUMENTS', '–'],
      ],
      ...[
        ['PARLEY_RATE_READS', `${limits.rates.reads}`],
        ['PARLEY_RATE_WRITES', `${limits.rates.writes}`],
        ['PARLEY_RATE_SUBSCRIBES', `${limits.rates.subscribes}`],
        ['PARLEY_MAX_CONNECTIONS', `${limits.maxConnections}`],
        ['PARLEY_MAX_CONNECTIONS_EACH', `${limits.maxConnectionsEach}`],
        ['PARLEY_MAX_SUBSCRIPTIONS', `${limits.maxSubscriptions}`],
      ],
    ])
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
