import {
  type GraphQLEnumType,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../src/schema/schema.ts'
import { $Enums } from '../../src/store/prisma/client.ts'

const stored: Record<string, object> = { ...$Enums }
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type))

describe('the schema', () => {
  it('is the one that is committed as schema.graphql (npm run schema writes it anew)', async () => {
    await expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toMatchFileSnapshot('../../schema.graphql')
  })

  it('describes every type, field, argument and enum value', () => {
    expect(types.flatMap(undescribed)).toEqual([])
  })

  it('has the codes of the database, no more and no fewer, where both have an enum of a name', () => {
    const shared = types.filter((type): type is GraphQLEnumType => isEnumType(type) && type.name in stored)
    expect(shared.length).toBeGreaterThan(15)
    for (const type of shared) {
      const codes = Object.keys(stored[type.name] as object)
      expect(
        type.getValues().map(({ value }) => value),
        type.name,
      ).toEqual(expect.arrayContaining(codes))
      expect(type.getValues(), type.name).toHaveLength(codes.length)
    }
  })
})

function undescribed(type: GraphQLNamedType): string[] {
  const missing = (name: string, { description }: { description?: string | null | undefined }) =>
    description ? [] : [name]
  if (isSpecifiedScalarType(type)) return []
  const own = missing(type.name, type)
  if (isEnumType(type))
    return [...own, ...type.getValues().flatMap((value) => missing(`${type.name}.${value.name}`, value))]
  if (isInputObjectType(type)) {
    return [...own, ...Object.values(type.getFields()).flatMap((field) => missing(`${type.name}.${field.name}`, field))]
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return own
  const fields = Object.values(type.getFields()).flatMap((field) => [
    ...missing(`${type.name}.${field.name}`, field),
    ...field.args.flatMap((arg) => missing(`${type.name}.${field.name}(${arg.name}:)`, arg)),
  ])
  return [...own, ...fields]
}
