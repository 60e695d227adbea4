import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** A query of one root field, as it is written. */
export interface Walked {
  readonly root: string
  readonly query: string
}

export interface WalkOptions {
  /** What to ask root fields with, each a question of its own: `ref: "swap"`. Without any, a field is asked as it is. */
  readonly args: { readonly [root: string]: readonly string[] }
  /** Further arguments of every root field that has them all: a viewpoint. */
  readonly everywhere?: { readonly [argument: string]: string }
}

/**
 * Queries that select every field of the schema that can be reached from its root fields. Every root field is asked for
 * all values of what it gives and of what lies right below; what lies deeper is asked for once, where it is met first.
 * Every field has an alias, `Type_field`, so that an answer tells what it holds.
 * @throws Error for a root field that must be asked with something, and the options do not say with what
 */
export function walk(schema: GraphQLSchema, { args, everywhere = {} }: WalkOptions): Walked[] {
  const walker = new Walker(schema)
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {})
  return roots.flatMap((field) => {
    const has = (name: string) => field.args.some((argument) => argument.name === name)
    const unsaid = field.args.filter(isRequiredArgument)
    if (unsaid.length > 0 && args[field.name] === undefined)
      throw new Error(
        `Query.${field.name} is to be asked with ${unsaid.map(({ name }) => name).join(', ')}: say with what`,
      )
    const fixed = [
      ...(has('first') ? ['first: 100'] : []),
      ...(Object.keys(everywhere).every(has)
        ? Object.entries(everywhere).map(([name, value]) => `${name}: ${value}`)
        : []),
    ]
    return (args[field.name] ?? ['']).map((some) => {
      const given = [some, ...fixed].filter(Boolean).join(', ')
      const selection = walker.ofField('Query', field, 0)
      return { root: field.name, query: `{ Query_${field.name}: ${field.name}${given && `(${given})`}${selection} }` }
    })
  })
}

/** Every field of the object types that can be reached from the root fields, as `Type.field`. */
export function reachable(schema: GraphQLSchema): string[] {
  const seen = new Set<GraphQLObjectType>()
  const found: string[] = []
  const visit = (type: GraphQLObjectType) => {
    if (seen.has(type)) return
    seen.add(type)
    for (const field of Object.values(type.getFields())) {
      found.push(`${type.name}.${field.name}`)
      for (const next of objectsOf(schema, field)) visit(next)
    }
  }
  visit(schema.getQueryType() as GraphQLObjectType)
  return found
}

/** Adds the fields of which an answer to a walk's query holds a value: no null, and no empty list. */
export function addTold(answer: unknown, into: Set<string>): void {
  if (Array.isArray(answer)) for (const entry of answer) addTold(entry, into)
  else if (typeof answer === 'object' && answer !== null) {
    for (const [alias, value] of Object.entries(answer)) {
      const [, type, field] = /^([A-Za-z]+)_(\w+)$/.exec(alias) ?? []
      // What a JSON value has within is no field of the schema.
      if (type === undefined || field === undefined) continue
      const isEmpty = value === null || (Array.isArray(value) && value.length === 0)
      if (!isEmpty) into.add(`${type}.${field}`)
      addTold(value, into)
    }
  }
}

function objectsOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type)
  if (isAbstractType(type)) return schema.getPossibleTypes(type)
  return isObjectType(type) ? [type] : []
}

/** The wrapping of a list: it lies no level deeper. */
const wraps = ({ name }: GraphQLObjectType) => /(Connection|Edge)$/.test(name)

class Walker {
  readonly #schema: GraphQLSchema
  readonly #expanded = new Set<string>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /** The selection of what a field gives, with a blank before it; empty for a value. */
  ofField(owner: string, field: GraphQLField<unknown, unknown>, level: number): string {
    const types = objectsOf(this.#schema, field)
    if (types.length === 0) return ''
    this.#expanded.add(`${owner}.${field.name}`)
    const parts = types.map((type) => `... on ${type.name} { __typename ${this.#ofType(type, level)} }`)
    return ` { ${parts.join(' ')} }`
  }

  #ofType(type: GraphQLObjectType, level: number): string {
    const fields = Object.values(type.getFields())
    const values = fields.filter((field) => isLeafType(getNamedType(field.type)))
    const objects = fields.filter((field) => !values.includes(field) && this.#goesInto(type, field, level))
    const below = wraps(type) ? level : level + 1
    return [...values, ...objects]
      .map((field) => `${type.name}_${field.name}: ${field.name}${this.ofField(type.name, field, below)}`)
      .join(' ')
  }

  #goesInto(type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>, level: number): boolean {
    if (wraps(type)) return name === 'edges' || name === 'node' || !this.#expanded.has(`${type.name}.${name}`)
    return level === 0 || !this.#expanded.has(`${type.name}.${name}`)
  }
}
