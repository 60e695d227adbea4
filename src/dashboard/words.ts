/** A code of the schema as a reader would say it: CARRIED_OUT is "carried out". A letter alone is a name: X. */
export function inWords(code: string): string {
  if (code.length === 1) return code
  return code.toLowerCase().replaceAll('_', ' ')
}

/** The same at the beginning of a line. */
export function capitalised(code: string): string {
  const words = inWords(code)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "1 source", "2 sources". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
