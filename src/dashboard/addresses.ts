/** Where a development has its page. */
export function developmentAddress(ref: string): string {
  return `/development/${encodeURIComponent(ref)}`
}

/** Where a process has its page. */
export function processAddress(ref: string): string {
  return `/process?process=${encodeURIComponent(ref)}`
}

/** Where a search has its answer. */
export function searchAddress(text: string): string {
  return `/search?q=${encodeURIComponent(text)}`
}
