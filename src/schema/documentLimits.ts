import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  validate,
} from 'graphql'
import { fragmentsOf } from './selection.ts'

/** What an operation may be at the most, counted with its fragments, each where it stands. Only tokens and nesting count for the whole text. */
export const mostOf = {
  tokens: 10_000,
  /** Brackets within brackets of any kind: what is read, and later coerced, goes that deep into itself. */
  nesting: 100,
  /** Fields within fields. The schema's own question goes 15 deep. */
  depth: 20,
  /** Validation compares every two fields of one name: a thousand of them are some tenths of a second. */
  fields: 1000,
  rootFields: 50,
  aliases: 200,
  directives: 100,
} as const

/** Why a document is refused before anything of it is done. */
export const documentCodes = {
  tokens: 'TOO_MANY_TOKENS',
  nesting: 'TOO_DEEP',
  depth: 'TOO_DEEP',
  fields: 'TOO_WIDE',
  rootFields: 'TOO_MANY_ROOT_FIELDS',
  aliases: 'TOO_MANY_ALIASES',
  directives: 'TOO_MANY_DIRECTIVES',
} as const

const sentences: Readonly<Record<keyof typeof mostOf, (limit: number) => string>> = {
  tokens: (limit) => `at most ${limit} words and signs: send values as variables, and ask in several operations`,
  nesting: (limit) => `at most ${limit} brackets deep: send values as variables`,
  depth: (limit) => `at most ${limit} fields deep: ask for what lies deeper in an operation of its own`,
  fields: (limit) => `at most ${limit} fields, each fragment counted where it stands: ask in several operations`,
  rootFields: (limit) => `at most ${limit} root fields: ask in several operations`,
  aliases: (limit) => `at most ${limit} fields under other names: ask in several operations`,
  directives: (limit) => `at most ${limit} directives: leave out what is not wanted instead of skipping it`,
}

type Counted = Readonly<Record<Exclude<keyof typeof mostOf, 'tokens' | 'nesting'>, number>>

const NOTHING: Counted = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 }

/**
 * Reads a document. How long and how deep it is, is looked at before: reading goes into itself with every bracket. Throws
 * a GraphQLError for what is too much, and for what is no document.
 */
export function readDocument(text: string | Source): DocumentNode {
  const source = typeof text === 'string' ? new Source(text) : text
  const lexer = new Lexer(source)
  let tokens = 0
  let nesting = 0
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    if (++tokens > mostOf.tokens) throw tooMuch('tokens')
    if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) nesting++
    else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) nesting--
    if (nesting > mostOf.nesting) throw tooMuch('nesting')
  }
  return parse(source)
}

/**
 * As graphql's `validate`, but what is too much is refused before any rule looks at it: some of them compare every field
 * with every other.
 */
export function validation({ hidesSchema }: { readonly hidesSchema: boolean }): typeof validate {
  return (schema, document, rules) => {
    const over = overLimits(document)
    return over.length > 0 ? over : validate(schema, document, rules, { hideSuggestions: hidesSchema })
  }
}

/** What of a document is more than one may ask at once. */
export function overLimits(document: DocumentNode): GraphQLError[] {
  const count = counter(document)
  const counted = document.definitions
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map((node) => {
      const within = count(node.selectionSet)
      return { ...within, directives: within.directives + (node.directives?.length ?? 0) }
    })
  const names = Object.keys(NOTHING) as (keyof Counted)[]
  return names.filter((name) => counted.some((one) => one[name] > mostOf[name])).map(tooMuch)
}

function tooMuch(what: keyof typeof mostOf): GraphQLError {
  const limit = mostOf[what]
  return new GraphQLError(`An operation may be ${sentences[what](limit)}.`, {
    extensions: { code: documentCodes[what], limit },
  })
}

/** Counts what is in a selection. A fragment is counted once, whoever uses it; one that holds itself is validation's to refuse. */
function counter(document: DocumentNode): (set: SelectionSetNode) => Counted {
  const fragments = fragmentsOf(document)
  const known = new Map<FragmentDefinitionNode, Counted>()

  function ofFragment(fragment: FragmentDefinitionNode | undefined): Counted {
    if (fragment === undefined) return NOTHING
    const before = known.get(fragment)
    if (before !== undefined) return before
    known.set(fragment, NOTHING)
    const counted = ofSet(fragment.selectionSet)
    known.set(fragment, counted)
    return counted
  }

  function ofSet(set: SelectionSetNode): Counted {
    const sum = { ...NOTHING } as { -readonly [Name in keyof Counted]: number }
    for (const node of set.selections) {
      const within =
        node.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(fragments.get(node.name.value))
          : node.selectionSet
            ? ofSet(node.selectionSet)
            : NOTHING
      const isField = node.kind === Kind.FIELD
      sum.depth = Math.max(sum.depth, within.depth + (isField ? 1 : 0))
      sum.fields += within.fields + (isField ? 1 : 0)
      sum.rootFields += isField ? 1 : within.rootFields
      sum.aliases += within.aliases + (isField && node.alias ? 1 : 0)
      sum.directives += within.directives + (node.directives?.length ?? 0)
    }
    return sum
  }

  return ofSet
}
