// PostgreSQL's text holds every character but U+0000: character_not_in_repertoire, and in JSON untranslatable_character.
const codes = new Set<unknown>(['22021', '22P05'])
// Prisma tells of it in words only.
const message = /^Database error\. Code: `(22021|22P05)`/m

/** Whether an error, or what it was caused by, says that a text that was asked for is none that the record can hold. */
export function isUnstorable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, cause } = error as Error & { code?: unknown }
  return codes.has(code) || message.test(error.message) || isUnstorable(cause)
}
