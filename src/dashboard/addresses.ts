/** Where a development has its page. */
export function developmentAddress(ref: string): string {
  return `/development/${encodeURIComponent(ref)}`
}

/** Where a search has its answer. */
export function searchAddress(text: string): string {
  return `/search?q=${encodeURIComponent(text)}`
}
