import type { Asked } from './questions.ts'

/** Asks a GraphQL server once; throws where it answers with errors. Returns the body as it came. */
export async function ask(port: number, asked: Asked): Promise<{ body: string; data: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify(asked),
  })
  const body = await response.text()
  const { data, errors } = JSON.parse(body)
  if (errors !== undefined)
    throw new Error(`${asked.query}\nwas answered with ${JSON.stringify(errors).slice(0, 2000)}`)
  return { body, data }
}

/** How many entries an answer has: of a connection its nodes, of a tally its groups. */
export function entriesOf(value: unknown): number {
  const { nodes, groups } = value as { nodes?: unknown[]; groups?: unknown[] }
  return (nodes ?? groups ?? []).length
}
