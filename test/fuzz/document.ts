import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { schema } from '../../src/schema/schema.ts'
import type { Dice } from './dice.ts'
import { inputOfType, literal } from './inputValue.ts'
import type { Lexicon } from './words.ts'

const DEEPEST = 7

/** An operation that the schema takes, found by walking its types. */
export function documentOf(dice: Dice, lexicon: Lexicon): string {
  const fragments: string[] = []
  const roots = [
    ...Array<GraphQLObjectType | null | undefined>(7).fill(schema.getQueryType()),
    schema.getSubscriptionType(),
    schema.getMutationType(),
  ]
  const root = dice.pick(roots) as GraphQLObjectType

  function selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type)) {
      const parts = ['__typename']
      for (let more = dice.roll(3); more > 0; more--) {
        const possible = dice.pick(schema.getPossibleTypes(type))
        parts.push(`... on ${possible.name} ${selection(possible, depth + 1)}`)
      }
      if ('getFields' in type) parts.push(...fields(type, depth))
      return `{ ${parts.join(' ')} }`
    }
    const text = `{ ${fields(type, depth).join(' ')} }`
    if (!isObjectType(type) || !dice.chance(6)) return text
    const name = `F${fragments.length}`
    fragments.push(`fragment ${name} on ${type.name} ${text}`)
    return `{ ...${name} }`
  }

  function fields(type: GraphQLNamedType, depth: number): string[] {
    if (!('getFields' in type) || depth > DEEPEST || dice.isSpent) return ['__typename']
    const known = Object.values(type.getFields()) as GraphQLField<unknown, unknown>[]
    const some = Array.from({ length: 1 + dice.roll(4) }, () => dice.pick(known))
    return some.map((field) => fieldText(field, depth))
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type)
    // Of what could be merged away little would soon be left: those are only tried.
    const given = field.args.filter(({ name, type }) => isNonNullType(type) || name === 'preview' || dice.chance(20))
    const args = given.map(({ name, type }) => {
      const value = name === 'preview' ? true : inputOfType(type, dice, lexicon)
      return `${name}: ${literal(value, type)}`
    })
    const alias = dice.chance(10) ? `a${dice.roll(3)}: ` : ''
    const directive = dice.chance(4) ? ' @include(if: true)' : ''
    const below = isCompositeType(type) ? ` ${selection(type, depth + 1)}` : ''
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(' ')})` : ''}${directive}${below}`
  }

  const kind =
    root === schema.getMutationType() ? 'mutation' : root === schema.getQueryType() ? 'query' : 'subscription'
  // One root field: a subscription takes no more, and of a mutation it must be plain what became of it.
  const roots_ = kind === 'query' ? fields(root, 0) : [fieldText(dice.pick(Object.values(root.getFields())), 0)]
  return [`${kind} { ${roots_.join(' ')} }`, ...fragments].join('\n')
}
