import { type GraphQLField, getNamedType, isCompositeType } from 'graphql'
import { schema } from '../../src/schema/schema.ts'
import { openAsking, ways } from './asking.ts'
import { built, type Dice } from './dice.ts'
import { inputOfType } from './inputValue.ts'
import { type Kind, kindOf } from './kind.ts'
import { mutated } from './tokens.ts'
import { misshapen } from './tree.ts'
import { type Lexicon, oddNumbers, oddTexts } from './words.ts'

const CHOICES = 200

/** What stands in JSON, or nearly. */
const odd = [
  ...oddTexts.map((text) => JSON.stringify(text)),
  ...oddNumbers.map(String),
  ...['1e400', '-', '01', 'NaN', 'Infinity', 'undefined', '"\\ud800"', '"\\x"', '\u0000', '"__proto__":{},', '{}', ','],
  ...['['.repeat(5000), '{"and":'.repeat(300), '9'.repeat(400), `0.${'0'.repeat(400)}1`],
]

interface Operation {
  readonly query: string
  readonly field: GraphQLField<unknown, unknown>
}

/** For every root field that takes arguments an operation that gives them all as variables. */
function operations(): Operation[] {
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }
  return Object.entries(roots).flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {})
      .filter(({ args }) => args.length > 0)
      .map((field) => {
        const defined = field.args.map(({ name, type }) => `$${name}: ${type}`)
        const given = field.args.map(({ name }) => `${name}: $${name}`)
        const below = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
        return { query: `${kind} (${defined.join(', ')}) { ${field.name}(${given.join(', ')})${below} }`, field }
      }),
  )
}

/** Variables for the operations of the schema: right ones, and what is left of them after a few changes. */
export function variables(lexicon: Lexicon): Kind {
  const ask = openAsking()
  const known = operations()
  const cases = built(CHOICES, (dice, changes) => {
    const way = dice.pick(ways)
    const { query, field } = dice.pick(known)
    const isText = dice.chance(30)
    const right = rightValues(field, dice, lexicon)
    const text = JSON.stringify(isText ? right : misshapen(right, changes))
    return { way, query, variables: isText ? mutated(text, changes, odd) : text }
  })
  return kindOf('variables', cases, ask)
}

function rightValues({ args }: Operation['field'], dice: Dice, lexicon: Lexicon): object {
  const given = args.filter(({ name, type, defaultValue }) => {
    const isNeeded = String(type).endsWith('!') && defaultValue === undefined
    return isNeeded || name === 'preview' || dice.chance(30)
  })
  // Of what could be merged away little would soon be left: those are only tried.
  return Object.fromEntries(
    given.map(({ name, type }) => [name, name === 'preview' ? true : inputOfType(type, dice, lexicon)]),
  )
}
