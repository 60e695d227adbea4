import { z } from 'zod'
import { builder } from './builder.ts'
import { enumOf } from './code.ts'

type Json = z.core.JSONSchema.JSONSchema
/** What Pothos takes for the type of an input field; which one it is, is only known at run time. */
// biome-ignore lint/suspicious/noExplicitAny: the contract decides the shape
type InputType = any

const made = new Map<string, InputType>()

/** What only a document in a file has: its editor's, or an export's. */
const inFilesOnly = new Set(['$schema', 'copyOf'])

/**
 * Makes the GraphQL input types of a zod contract, so that there is one contract and not two. Objects with an id in
 * their metadata become types of that name with "Input" behind it; those with `oneOf`, and unions told apart by `kind`,
 * become @oneOf types. What GraphQL cannot say (patterns, bounds, rules across fields) the contract checks when the
 * input comes in.
 */
export function contractInput(contract: z.ZodType): InputType {
  const { $ref, $defs } = z.toJSONSchema(contract, { io: 'input', unrepresentable: 'any' }) as Json
  return typeOf({ $ref } as Json, $defs ?? {}, '')
}

function typeOf(schema: Json, definitions: Record<string, Json>, owner: string): InputType {
  if (schema.$ref !== undefined) {
    const id = schema.$ref.split('/').at(-1) as string
    return objectOf(`${id}Input`, definitions[id] as Json, definitions)
  }
  const some = schema.anyOf?.find((option) => (option as Json).type !== 'null') as Json | undefined
  if (some !== undefined) return typeOf(some, definitions, owner)
  if (schema.oneOf !== undefined) return kindsOf(schema.oneOf, definitions)
  if (schema.enum !== undefined) return enumFor(schema.enum as string[], owner)
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== 'null') : schema.type
  switch (type) {
    case 'array':
      return [typeOf(schema.items as Json, definitions, owner)]
    case 'integer':
      return 'Int'
    case 'number':
      return 'Float'
    case 'boolean':
      return 'Boolean'
    case 'string':
      return 'String'
    default:
      throw new Error(`The contract has at ${owner} what no GraphQL input can be: ${JSON.stringify(schema)}`)
  }
}

function enumFor(codes: readonly string[], owner: string): InputType {
  const known = enumOf(codes)
  if (known === undefined) throw new Error(`No enum of the schema has the codes of ${owner}: ${codes.join(', ')}`)
  return known
}

/** A union told apart by `kind`: GraphQL has no input unions, so each kind is a member of a @oneOf type. */
function kindsOf(options: readonly Json[], definitions: Record<string, Json>): InputType {
  const name = 'DevelopmentInput'
  return inputType(name, 'A development as a report tells it: exactly one member, its kind.', true, () =>
    options.map((option) => {
      // The name of the member says it.
      const { kind: code, ...properties } = option.properties as Record<string, Json>
      const kind = String(code?.const).toLowerCase()
      const description = `What the report tells of ${/^[aei]/.test(kind) ? 'an' : 'a'} ${kind}.`
      const type = objectOf(
        `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Input`,
        { ...option, properties, description },
        definitions,
      )
      return [kind, { type, required: false, description }]
    }),
  )
}

function objectOf(name: string, schema: Json, definitions: Record<string, Json>): InputType {
  const properties = Object.entries(schema.properties ?? {}) as [string, Json][]
  return inputType(name, schema.description ?? name, schema.maxProperties === 1, () =>
    properties
      .filter(([field]) => !inFilesOnly.has(field))
      .map(([field, property]) => {
        const type = typeOf(property, definitions, `${name}.${field}`)
        const required = schema.required?.includes(field) ?? false
        return [field, { type, required, description: property.description }]
      }),
  )
}

interface Field {
  readonly type: InputType
  readonly required: boolean
  readonly description: string | undefined
}

/** Fields are made when the schema is built: by then every noun has made its enums. */
function inputType(name: string, description: string, isOneOf: boolean, fields: () => [string, Field][]): InputType {
  const known = made.get(name)
  if (known !== undefined) return known
  const ref = builder.inputType(name, {
    description,
    isOneOf,
    fields: (t: { field: (options: Field) => unknown }) =>
      Object.fromEntries(fields().map(([field, options]) => [field, t.field(options)])),
  } as never)
  made.set(name, ref)
  return ref
}

/**
 * Input as GraphQL gives it, in the form of the contract: null is the same as left out, and a development's kind is a
 * member of it instead of the name around it.
 */
export function contractValue(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(contractValue)
  if (typeof input !== 'object' || input === null) return input
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(
    entries.map(([member, value]) => [
      member,
      member === 'developments' && Array.isArray(value) ? value.map(developmentValue) : contractValue(value),
    ]),
  )
}

function developmentValue(input: object): unknown {
  const [kind, account] = Object.entries(input)[0] as [string, unknown]
  return { kind: kind.toUpperCase(), ...(contractValue(account) as object) }
}
