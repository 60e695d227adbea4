import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.ts'
import { filesOf, read } from '../support/files.ts'

/** What page and element ask, as the build lists it. */
const listed = Object.values(JSON.parse(read('dist/dashboard/documents.json')) as { [hash: string]: string })
const nameOf = (text: string) => /^(?:query|mutation|subscription) (\w+)/.exec(text)?.[1] ?? text

test('every operation of the dashboard is listed by its build, and no two documents have one name', () => {
  const sources = filesOf(/^src\/dashboard\/.*\.tsx?$/).map((file) => read(file))
  const defined = sources.flatMap((text) => [
    ...text.matchAll(/graphql\(\s*`\s*(query|mutation|subscription|fragment) (\w+)/g),
  ])
  const calls = sources.flatMap((text) => text.match(/\bgraphql\(/g) ?? [])
  expect(defined).toHaveLength(calls.length)
  const names = defined.map(([, , name]) => name)
  expect(new Set(names).size).toBe(names.length)
  const operations = defined.flatMap(([, kind, name]) => (kind === 'fragment' ? [] : [name]))
  expect(listed.map(nameOf).sort()).toEqual(operations.sort())
})

test.each(listed.map((text) => [nameOf(text), text]))('the schema takes the operation %s', (_name, text) => {
  expect(validate(schema, parse(text))).toEqual([])
})
