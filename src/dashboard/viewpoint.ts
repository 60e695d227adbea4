import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo } from 'solid-js'

/** From when the record is looked at. It stands in the address (`?asOf=2023-12-10`), so that it can be shared. */
export interface Viewpoint {
  /** The day, as `2023-12-10`; null: now. */
  readonly day: Accessor<string | null>
  /** The argument `asOf` of every question: the end of that day; null: now. */
  readonly asOf: Accessor<string | null>
  /** Looks at the end of a day, or at now. */
  choose(day: string | null): void
}

/** The end of a day as the record counts days, in UTC. */
export function endOf(day: string): string {
  return `${day}T23:59:59.999Z`
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(endOf(text)))
}

/** The viewpoint of the page. */
export function useViewpoint(): Viewpoint {
  const [parameters, setParameters] = useSearchParams<{ asOf?: string }>()
  const day = createMemo(() => (parameters.asOf !== undefined && isDay(parameters.asOf) ? parameters.asOf : null))
  return {
    day,
    asOf: createMemo(() => {
      const chosen = day()
      return chosen === null ? null : endOf(chosen)
    }),
    choose: (chosen) => setParameters({ asOf: chosen ?? undefined }, { scroll: false }),
  }
}

/** An address of this page, looked at from the same day. */
export function seenFrom(address: string, day: string | null): string {
  return day === null ? address : `${address}${address.includes('?') ? '&' : '?'}asOf=${day}`
}
