/** A subscription document, opened where the client puts in what it needs. */
export interface OpenedDocument {
  /** The document, with `after: $parleyAfter, last: $parleyLast` and the fields asked for at its root field. */
  readonly query: string
  /** Under which name the answer is. */
  readonly key: string
  /** What the document itself said about where to begin, its variables resolved. */
  readonly after: unknown
  readonly last: unknown
  /** The variables that it still needs. */
  readonly variables: Record<string, unknown>
}

// What GraphQL ignores falls out: spaces, commas, comments.
const TOKEN = /#.*|"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n\r])*"|\.\.\.|-?\d[\d.eE+-]*|\w+|[^\s,\w\uFEFF]/g
const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

/**
 * Opens a document of one subscription whose root is the field `developments`.
 * @param fields what to ask for beside the document's own selection
 * @throws TypeError for any other document; whether it is valid otherwise, the server says
 */
export function openDocument(document: string, given: Record<string, unknown>, fields: string): OpenedDocument {
  const tokens = (document.match(TOKEN) ?? []).filter((token) => !token.startsWith('#'))
  let at = 0
  const definitions: { tokens: string[]; before: string[]; after: string[] }[] = []
  while (at < tokens.length) {
    const begin = at
    while (at < tokens.length && tokens[at] !== '{') at = endOf(tokens, at)
    at = endOf(tokens, at)
    if (at > tokens.length) throw new TypeError('The document ends in the middle.')
    definitions.push({ tokens: tokens.slice(begin, at), before: tokens.slice(0, begin), after: tokens.slice(at) })
  }
  const operations = definitions.filter(({ tokens: [first] }) => first !== 'fragment')
  const [operation] = operations
  if (operation === undefined || operations.length > 1 || operation.tokens[0] !== 'subscription')
    throw new TypeError('The document must have one operation, a subscription.')

  const parts = partsOf(operation.tokens)
  const rest = [...parts.directives, ...parts.body, ...operation.before, ...operation.after]
  const isUsed = (name: string, elsewhere: readonly string[]) =>
    elsewhere.some((token, i) => token === name && elsewhere[i - 1] === '$')
  const kept = parts.args.filter(([name]) => name !== 'after' && name !== 'last')
  const definitionsKept = parts.variables.filter(([, name = '']) => isUsed(name, [...rest, ...kept.flat()]))
  const said = (name: string) => {
    const [, , ...value] = parts.args.find(([found]) => found === name) ?? []
    return value[0] === '$' ? valueOfVariable(parts.variables, value[1] ?? '', given) : literal(value)
  }
  const gone = parts.variables.filter((definition) => !definitionsKept.includes(definition)).map(([, name]) => name)
  const query = [
    ...operation.before,
    ...['subscription', ...parts.name, '(', ...definitionsKept.flat()],
    ...['$', 'parleyAfter', ':', 'FeedCursor', '$', 'parleyLast', ':', 'Int', ')', ...parts.directives],
    ...['{', ...parts.alias, 'developments', '(', ...kept.flat()],
    ...['after', ':', '$', 'parleyAfter', 'last', ':', '$', 'parleyLast', ')'],
    ...[...parts.body.slice(0, parts.selection + 1), fields, ...parts.body.slice(parts.selection + 1)],
    ...operation.after,
  ]
  return {
    query: query.join(' '),
    key: parts.alias[0] ?? 'developments',
    after: said('after'),
    last: said('last'),
    variables: Object.fromEntries(Object.entries(given).filter(([name]) => !gone.includes(name))),
  }
}

/** Splits a subscription. `body` is everything after the root field's arguments; its selection begins at `selection`. */
function partsOf(tokens: readonly string[]) {
  let at = 1
  const until = (end: number) => {
    const passed = tokens.slice(at, end)
    at = end
    return passed
  }
  const name = until(/\w/.test(tokens[1] ?? '') ? 2 : 1)
  const variables = tokens[at] === '(' ? split(until(endOf(tokens, at)), (token) => token === '$') : []
  let end = at
  while (tokens[end] !== '{') end = endOf(tokens, end)
  const directives = until(end)
  at++
  const alias = until(tokens[at + 1] === ':' ? at + 2 : at)
  if (until(at + 1)[0] !== 'developments')
    throw new TypeError('The subscription must begin with the field developments, not with a fragment or another one.')
  const args = tokens[at] === '(' ? split(until(endOf(tokens, at)), (_, next) => next === ':') : []
  const body = tokens.slice(at)
  let selection = 0
  while (selection < body.length && body[selection] !== '{') selection = endOf(body, selection)
  if (selection === body.length) throw new TypeError('The field developments must have a selection.')
  return { name, variables, directives, alias, args, body, selection }
}

/** Splits what is in brackets into its entries; nothing deeper begins one. */
function split(group: readonly string[], begins: (token: string, next: string | undefined) => boolean): string[][] {
  const entries: string[][] = []
  for (let at = 1; at < group.length - 1; ) {
    const end = endOf(group, at)
    if (begins(group[at] as string, group[at + 1])) entries.push([])
    entries.at(-1)?.push(...group.slice(at, end))
    at = end
  }
  return entries
}

/** Where what begins here ends: a bracket where it is closed, anything else at once. */
function endOf(tokens: readonly string[], at: number): number {
  const closing = CLOSING[tokens[at] ?? '']
  if (closing === undefined) return at + 1
  let end = at + 1
  while (end < tokens.length && tokens[end] !== closing) end = endOf(tokens, end)
  return end + 1
}

/** What a variable stands for: what was given, or else what its definition says. */
function valueOfVariable(definitions: readonly string[][], name: string, given: Record<string, unknown>): unknown {
  if (given[name] !== undefined) return given[name]
  const definition = definitions.find(([, found]) => found === name) ?? []
  return definition.includes('=') ? literal(definition.slice(definition.indexOf('=') + 1)) : undefined
}

/** Cursors are plain strings, and numbers are as in JSON. */
function literal([token]: readonly string[]): unknown {
  if (token === undefined) return undefined
  if (!/^("|-?\d|null$)/.test(token) || token.startsWith('"""'))
    throw new TypeError(`\`after\` takes a string or a variable and \`last\` a number or a variable, not ${token}.`)
  return JSON.parse(token)
}
