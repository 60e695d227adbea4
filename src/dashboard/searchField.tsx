import { useLocation, useNavigate } from '@solidjs/router'
import { searchAddress } from './addresses.ts'
import { seenFrom, useViewpoint } from './viewpoint.ts'

/** The search field of every view. */
export function SearchField() {
  const navigate = useNavigate()
  const location = useLocation()
  const { day } = useViewpoint()
  let field!: HTMLInputElement
  const search = (event: SubmitEvent) => {
    event.preventDefault()
    if (field.value.trim() !== '') navigate(seenFrom(searchAddress(field.value.trim()), day()))
  }
  return (
    <search>
      <form onSubmit={search} action="/search">
        <input
          ref={field}
          data-search
          type="search"
          name="q"
          aria-label="Search the record"
          placeholder="Search ( / )"
          value={location.query.q ?? ''}
          onKeyDown={({ key }) => key === 'Escape' && field.blur()}
        />
      </form>
    </search>
  )
}
