import { Show } from 'solid-js'
import { graphql } from '../graphql.ts'

/** What naming a report needs. */
export const ReportNamed = graphql(`
  fragment ReportNamed on Report @_unmask { ref url outlet { name } }
`)

/** Which report says so: by its outlet or, where none is known, by its own name. */
export function Teller(props: { of: { ref: string; url: string | null; outlet: { name: string } | null } }) {
  const name = () => props.of.outlet?.name ?? props.of.ref
  return (
    <cite class="teller">
      <Show when={props.of.url} fallback={<bdi>{name()}</bdi>}>
        {(address) => (
          <a href={address()} target="_blank" rel="noopener noreferrer">
            <bdi>{name()}</bdi>
          </a>
        )}
      </Show>
    </cite>
  )
}
