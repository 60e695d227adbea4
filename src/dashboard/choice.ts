import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo } from 'solid-js'

/** What is chosen of some codes, held in the address as often as there are (`?kind=TALK&kind=EXCHANGE`). */
export interface Choice<Code extends string> {
  /** Those chosen, in the order in which they can be; none: no choice was made. What is no code is passed over. */
  readonly chosen: Accessor<readonly Code[]>
  /** Chooses these instead. A page that was turned to is left: it was one of another list. */
  choose(codes: readonly Code[]): void
}

/** A choice that stands in the address of the view under a name. */
export function useChoice<Code extends string>(name: string, codes: readonly Code[]): Choice<Code> {
  const [parameters, setParameters] = useSearchParams()
  return {
    chosen: createMemo(
      () => {
        const given = [parameters[name] ?? []].flat()
        return codes.filter((code) => given.includes(code))
      },
      undefined,
      // Whatever else changes in the address, the choice is the same.
      { equals: (before, after) => before?.join() === after.join() },
    ),
    choose: (chosen) => setParameters({ [name]: [...chosen], after: undefined }, { scroll: false }),
  }
}

/** The codes of a table of words, in its order. */
export function codesOf<Code extends string>(words: Readonly<Record<Code, unknown>>): Code[] {
  return Object.keys(words) as Code[]
}
