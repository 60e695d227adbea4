import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { type FragmentOf, graphql } from '../graphql.ts'
import { ViewLink } from '../viewLink.tsx'
import { capitalised, inWords } from '../words.ts'

/** Which developments it bears on. */
export const DevelopmentLinks = graphql(`
  fragment DevelopmentLinks on Development @_unmask {
    links { type development { ref kind headline } }
  }
`)

type LinksFields = FragmentOf<typeof DevelopmentLinks>
type Linked = NonNullable<LinksFields['links'][number]['development']>

/** The developments that it bears on, and those that bear on it. @param from what links to it, with all its links */
export function Links(props: { of: LinksFields & { readonly ref: string }; from: readonly (Linked & LinksFields)[] }) {
  const there = () => props.of.links.filter(({ development }) => development !== null)
  const back = () =>
    props.from.flatMap((from) =>
      from.links
        .filter(({ development }) => development?.ref === props.of.ref)
        .map(({ type }) => ({ type, development: from })),
    )
  return (
    <Show when={there().length + back().length > 0}>
      <h2>Links</h2>
      <ul class="lines">
        <For each={there()}>
          {({ type, development }) => (
            <li>
              {capitalised(type)} <Other of={development as Linked} />
            </li>
          )}
        </For>
        <For each={back()}>
          {({ type, development }) => (
            <li>
              <Other of={development} /> {inWords(type)} it
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function Other(props: { of: Linked }) {
  return (
    <ViewLink to={developmentAddress(props.of.ref)}>
      {inWords(props.of.kind)} <bdi>{props.of.headline}</bdi>
    </ViewLink>
  )
}
