import { createMemo } from 'solid-js'
import { codesOf, useChoice } from '../choice.ts'
import { type Kind, kinds } from '../kind.ts'
import { type Status, statuses } from '../status.ts'

/** What the live column shows; null: everything. */
export type LiveFilter = { readonly kind?: Kind[]; readonly status?: Status[] } | null

/** What is shown of the feed, chosen in the address of the live view. */
export function useLiveFilter() {
  const kind = useChoice('kind', codesOf(kinds))
  const status = useChoice('status', codesOf(statuses))
  const filter = createMemo((): LiveFilter => {
    const [ofKind, ofStatus] = [[...kind.chosen()], [...status.chosen()]]
    if (ofKind.length === 0 && ofStatus.length === 0) return null
    return { ...(ofKind.length > 0 && { kind: ofKind }), ...(ofStatus.length > 0 && { status: ofStatus }) }
  })
  return { kind, status, filter }
}
