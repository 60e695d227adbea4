import { developmentAddress } from '../addresses.ts'
import { ViewLink } from '../viewLink.tsx'

/** A development by its headline, which leads to its page. */
export function Headline(props: { of: { ref: string; headline: string } }) {
  return (
    <ViewLink to={developmentAddress(props.of.ref)}>
      <bdi>{props.of.headline}</bdi>
    </ViewLink>
  )
}
