// PostgreSQL's text holds every character but U+0000: character_not_in_repertoire, and in JSON untranslatable_character.
const codes = new Set<unknown>(['22021', '22P05'])

/** Whether an error, or what it was caused by, says that a text that was asked for is none that the record can hold. */
export function isUnstorable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, originalCode, cause } = error as { [member: string]: unknown }
  return codes.has(code) || codes.has(originalCode) || isUnstorable(cause)
}
