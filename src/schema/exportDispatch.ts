import { canonical } from '../domain/canonical.ts'
import type { Dispatch } from '../ingest/contract.ts'
import type { Pool } from '../store/database.ts'
import { type ExportedDispatch, type Introduction, isBefore, readIntroductions } from '../store/exportDispatches.ts'
import type { Selection } from '../store/exportFamily.ts'

/**
 * Dispatches as they came, reduced to what is wanted of them. One that is not whole says of which one it is a part, so
 * that it stands among the others where that one did; and what it links to without its having been told of is named.
 * @param withTombstones what is retracted is told of before the dispatches
 */
export async function dispatchDocuments(
  pool: Pool,
  selection: Selection,
  found: readonly ExportedDispatch[],
  withTombstones: boolean,
): Promise<object[]> {
  const wanted = found.map((dispatch) => {
    const { developments } = dispatch.body as Dispatch
    return { dispatch, developments: developments.filter(({ ref }) => dispatch.refs.includes(ref)) }
  })
  const targets = new Set(wanted.flatMap(({ developments }) => targetsOf(developments)))
  const introductions = await readIntroductions(pool, selection, [...targets])
  return wanted.map(({ dispatch, developments }) => {
    const mentions = targetsOf(developments).flatMap((ref) => {
      const introduction = introductions.get(ref)
      if (introduction === undefined || isTold(introduction, dispatch, withTombstones)) return []
      const { kind, process } = introduction
      return [{ ref, kind, process }]
    })
    return documentOf(dispatch, developments, mentions)
  })
}

function targetsOf(developments: Dispatch['developments']): string[] {
  const own = new Set(developments.map(({ ref }) => ref))
  const targets = developments.flatMap(({ links }) => links.map(({ to }) => to))
  return [...new Set(targets)].filter((ref) => !own.has(ref)).sort()
}

function isTold({ first, retracted }: Introduction, at: ExportedDispatch, withTombstones: boolean): boolean {
  return (first !== null && isBefore(first, at)) || (retracted && withTombstones)
}

function documentOf(dispatch: ExportedDispatch, developments: Dispatch['developments'], mentions: object[]): object {
  const body = dispatch.body as Dispatch
  const { id, title, url, language, credits } = dispatch
  // Of several dispatches of a report the first one named it, and may not be among these.
  const report = { ...body.report, title: title ?? undefined, url: url ?? undefined, language, credits: [...credits] }
  // Without a date of publication the report is known since it came in: elsewhere that is another time.
  const knownAt = body.report.published.latest === null ? dispatch.knownAt.toISOString() : undefined
  const isWhole = developments.length === body.developments.length && canonical(report) === canonical(body.report)
  const isDated = knownAt === undefined || body.copyOf?.knownAt === knownAt
  if (isWhole && isDated && mentions.length === 0) return body
  const copyOf = { dispatch: body.copyOf?.dispatch ?? id, knownAt, mentions }
  return { process: body.process, report, copyOf, developments }
}
