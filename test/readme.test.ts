import { readdirSync, readFileSync } from 'node:fs'
import { getOperationAST, type OperationDefinitionNode, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { subscribing } from '../src/client/subscription.ts'
import { settings } from '../src/config.ts'
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

  it('lists the settings that are used most as the whole list has them', () => {
    const rows = settingRows(text)
    expect(rows.length).toBeGreaterThan(3)
    expect(settingRows(readFileSync(new URL('docs/settings.md', root), 'utf8'))).toEqual(expect.arrayContaining(rows))
  })

  it.each(['README.md', 'docs/operating.md'])(
    'and what it points to name only commands and files that there are: %s',
    (page) => {
      const text = readFileSync(new URL(page, root), 'utf8')
      const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
      const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string)
      expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands))
      for (const [, path] of text.matchAll(/\]\(([^)#]+)\)/g))
        readFileSync(new URL(path as string, new URL(page, root)))
    },
  )
})

describe('the list of settings', () => {
  it('has every one with what holds unless it is set', () => {
    const rows = settingRows(readFileSync(new URL('docs/settings.md', root), 'utf8'))
    const listed = rows.flatMap(([names = '', values = '']) => {
      const held = [...values.matchAll(/`([^`]+)`|–/g)].map(([, value]) => value)
      return [...names.matchAll(/`(\w+)`/g)].map(([, name], i) => [name, held[i]])
    })
    const known = Object.entries(settings.shape).map(([name, setting]) => {
      const otherwise: unknown = setting.parse(undefined)
      return [name, otherwise === undefined || name === 'DATABASE_URL' ? undefined : String(otherwise)]
    })
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known))
  })
})

/** Names, what holds unless they are set, and what they are, of a table of settings. */
function settingRows(markdown: string): string[][] {
  return [...markdown.matchAll(/^\| (`[A-Z_`, ]+`) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, ...cells]) => cells)
}
