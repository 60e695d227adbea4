import { openAsking, ways } from './asking.ts'
import { built } from './dice.ts'
import { documentOf } from './document.ts'
import { type Kind, kindOf } from './kind.ts'
import { mutated } from './tokens.ts'
import { type Lexicon, oddTexts } from './words.ts'

const CHOICES = 400

/** What stands in documents, but seldom there. */
const odd = [
  ...oddTexts,
  ...oddTexts.map((text) => JSON.stringify(text)),
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'null',
    'true',
    '...',
    '!',
    '$',
    '@',
    '"""',
    '#',
    '&',
    '|',
  ],
  ...['{', '}', '(', ')', '[', ']', ':', ',', '=', '$x', '$__proto__', 'nope', '__typename', '__proto__', 'first'],
  ...['99999999999999999999', '-0', '1e400', '0x1F', '00', '.5', '"\\u{110000}"', '"\\uD800"', '"\\u{1F54A}"'],
  ...['@skip(if: true)', '@include(if: null)', '@nope', '@deprecated', '@skip(if: true)'.repeat(200)],
  ...['...F0', '...on Talk{ref}', 'fragment F0 on Query{...F0}', 'fragment A on Talk{...B}fragment B on Talk{...A}'],
  ...['{a'.repeat(500), '['.repeat(3000), '__typename '.repeat(2000), 'a: feedHead { position } '.repeat(100)],
  ...['__schema{types{fields{type{ofType{ofType{name}}}}}}', 'query($x:Int=1){__typename}', '(first: 2147483648)'],
]

/** Documents that the schema takes, found by walking it, and what is left of them after a few changes. */
export function documents(lexicon: Lexicon): Kind {
  const ask = openAsking()
  const cases = built(CHOICES, (dice, changes) => {
    const way = dice.pick(ways)
    const document = documentOf(dice, lexicon)
    return { way, query: mutated(document, changes, odd) }
  })
  return kindOf('documents', cases, ask)
}
