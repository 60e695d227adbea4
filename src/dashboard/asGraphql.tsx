import { type AnyVariables, type DocumentInput, stringifyDocument } from '@urql/core'
import { ENDPOINT } from './server.ts'

/** Where GraphiQL opens with a question. */
export function questionAddress<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): string {
  const told = Object.entries(variables ?? {}).filter(([, value]) => value !== null && value !== undefined)
  const parameters = new URLSearchParams({ query: stringifyDocument(document) })
  if (told.length > 0) parameters.set('variables', JSON.stringify(Object.fromEntries(told), null, 2))
  return `${ENDPOINT}?${parameters}`
}

/** Opens the question behind a view in GraphiQL, to be copied or changed there. */
export function AsGraphql<Data, Variables extends AnyVariables>(props: {
  document: DocumentInput<Data, Variables>
  variables: Variables
}) {
  return (
    <a class="as-graphql" href={questionAddress(props.document, props.variables)} target="_blank" rel="noopener">
      Copy as GraphQL
    </a>
  )
}
