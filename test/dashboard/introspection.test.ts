import { outputIntrospectionFile } from 'gql.tada/internal'
import { introspectionFromSchema, lexicographicSortSchema } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.ts'

test('the types that the dashboard is checked against are the schema’s (npm run schema writes them anew)', async () => {
  const introspection = introspectionFromSchema(lexicographicSortSchema(schema), { descriptions: false })
  const types = outputIntrospectionFile(introspection as never, { fileType: '.d.ts', shouldPreprocess: true })
  await expect(types).toMatchFileSnapshot('../../src/dashboard/introspection.d.ts')
})
