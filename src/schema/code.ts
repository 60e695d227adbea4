import { builder } from './builder.ts'

/**
 * Makes a GraphQL enum of the domain's codes, each with its description. The descriptions are a record over the codes,
 * so that a code without one does not compile.
 */
export function codes<Code extends string>(name: string, description: string, values: Record<Code, string>) {
  const ref = enumType(name, description, values)
  enums.set(Object.keys(values).sort().join(), ref)
  return ref
}

const enums = new Map<string, object>()

/** The enum that has just these codes, whichever noun made it. */
export function enumOf(codesWanted: readonly string[]): object | undefined {
  return enums.get([...codesWanted].sort().join())
}

function enumType<Code extends string>(name: string, description: string, values: Record<Code, string>) {
  const entries = Object.entries<string>(values).map(([code, text]) => [code, { description: text, value: code }])
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(entries) as Record<Code, { description: string; value: Code }>,
  })
}
