import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('./questions/', import.meta.url)

/** The questions that the first users ask, each one operation, as GraphiQL's starting tabs. */
export function questionTabs(): { query: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({ query: readFileSync(new URL(name, folder), 'utf8') }))
}
