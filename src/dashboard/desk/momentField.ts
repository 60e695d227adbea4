/** A moment as a field for one has it, in the reader's zone, as the schema takes it. */
export function momentOf(local: string): string {
  return new Date(local).toISOString()
}
