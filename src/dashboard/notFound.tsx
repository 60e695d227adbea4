import { ViewLink } from './viewLink.tsx'

export function NotFound() {
  return (
    <section class="view">
      <h1>Nothing is here</h1>
      <p>
        No view has this address. <ViewLink to="/">The live column</ViewLink> is the page’s beginning.
      </p>
    </section>
  )
}
