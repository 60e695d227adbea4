import {
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import type { Dice } from './dice.ts'
import type { Lexicon } from './words.ts'

const DEEPEST = 5
const days = ['2023-12-07', '2023-12-13', '2023-09-01', '1988-02-20']
const moments = days.map((day) => `${day}T12:00:00Z`)

/** A value that the type takes, as JSON. */
export function inputOfType(type: GraphQLInputType, dice: Dice, lexicon: Lexicon, depth = 0): unknown {
  if (isNonNullType(type)) return inputOfType(type.ofType, dice, lexicon, depth)
  if (isListType(type)) {
    return Array.from({ length: 1 + dice.roll(2) }, () => inputOfType(type.ofType, dice, lexicon, depth + 1))
  }
  if (isEnumType(type)) return dice.pick(type.getValues().map(({ name }) => name))
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const one = type.isOneOf ? dice.pick(fields) : undefined
    const given = fields.filter((field) =>
      one ? field === one : isNonNullType(field.type) || (depth < DEEPEST && dice.chance(20)),
    )
    return Object.fromEntries(given.map(({ name, type }) => [name, inputOfType(type, dice, lexicon, depth + 1)]))
  }
  switch (type.name) {
    case 'Int':
      return dice.pick([10, 0, 1, 3, 100, 50, -1])
    case 'Float':
      return dice.pick([1, 0, 40.2, -180, 1e6])
    case 'Boolean':
      return dice.chance(50)
    case 'ID':
      return dice.pick(lexicon.ids)
    case 'Date':
      return dice.pick(days)
    case 'DateTime':
      return dice.pick(moments)
    case 'FeedCursor':
      return dice.pick(lexicon.cursors)
    default:
      return dice.chance(10) ? dice.pick(lexicon.cursors) : dice.pick(lexicon.words)
  }
}

/** A value as it stands in a document. */
export function literal(value: unknown, type: GraphQLInputType): string {
  if (type instanceof GraphQLNonNull) return literal(value, type.ofType)
  if (value === null || value === undefined) return 'null'
  if (type instanceof GraphQLList)
    return `[${(value as unknown[]).map((item) => literal(item, type.ofType)).join(' ')}]`
  if (isEnumType(type)) return String(value)
  if (!isInputObjectType(type)) return JSON.stringify(value)
  const fields = type.getFields()
  const members = Object.entries(value).map(([name, member]) => {
    const field = fields[name]
    return `${name}: ${field === undefined ? 'null' : literal(member, field.type)}`
  })
  return `{${members.join(' ')}}`
}
