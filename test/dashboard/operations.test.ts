import { type FragmentDefinitionNode, Kind, parse, validate, visit } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.ts'
import { filesOf, read } from '../support/files.ts'

const texts = filesOf(/^src\/dashboard\/.*\.tsx?$/).flatMap((file) =>
  [...read(file).matchAll(/graphql\(\s*`([^`]+)`/g)].map(([, text = '']) => ({ file, text })),
)
// What only the compiler reads goes, as it does before anything is asked.
const definitions = texts.flatMap(({ text }) => parse(text.replaceAll('@_unmask', '')).definitions)
const fragments = new Map(
  definitions
    .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, fragment]),
)
const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)

/** The names of the fragments that a definition uses, and those use. */
function usedBy(definition: (typeof definitions)[number], found = new Set<string>()): Set<string> {
  visit(definition, {
    FragmentSpread({ name: { value } }) {
      const fragment = fragments.get(value)
      if (fragment === undefined || found.has(value)) return
      found.add(value)
      usedBy(fragment, found)
    },
  })
  return found
}

test('every document of the dashboard is found here, and no two have one name', () => {
  const calls = filesOf(/^src\/dashboard\/.*\.tsx?$/).flatMap((file) => read(file).match(/\bgraphql\(/g) ?? [])
  expect(texts).toHaveLength(calls.length)
  const names = definitions.map((definition) => 'name' in definition && definition.name?.value)
  expect(new Set(names).size).toBe(names.length)
  expect(operations.length).toBeGreaterThan(4)
})

test.each(operations.map((operation) => [operation.name?.value, operation] as const))(
  'the schema takes the operation %s',
  (_name, operation) => {
    const used = [...usedBy(operation)].map((name) => fragments.get(name) as FragmentDefinitionNode)
    expect(validate(schema, { kind: Kind.DOCUMENT, definitions: [operation, ...used] })).toEqual([])
  },
)
