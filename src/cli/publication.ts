import { basename } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { readDispatch } from '../ingest/dispatch.ts'
import { type Found, readDocuments } from '../ingest/reader.ts'
import { refusalLine } from '../ingest/summary.ts'
import { StartupError } from '../store/startupError.ts'

const DAY = 86_400_000
/** How long all of it takes unless told, in seconds. */
const DURATION = 30
const FRAME = 100

/** A dispatch with the moment at which its report was public: the end of the day where only that is known. */
export interface Dated {
  readonly found: Found
  readonly report: string
  readonly published: number
}

/**
 * Reads the dispatches of a folder in the order of their publication.
 * @throws StartupError when one is not a dispatch, or there is none
 */
export async function readDated(folder: string): Promise<Dated[]> {
  const dated: (Dated & { from: number })[] = []
  for await (const found of readDocuments([folder], { stdin: process.stdin })) {
    if (basename(found.source.file) === 'process.json') continue
    const { id, published } = reportOf(found)
    const latest = Date.parse(published.latest ?? '')
    dated.push({ found, report: id, published: latest, from: Date.parse(published.earliest ?? '') })
  }
  if (dated.length === 0) throw new StartupError(`${folder} holds no dispatches: name a folder that does`)
  // One without a date was public at some time: by then, all of the others were.
  const last = Math.max(...dated.map((d) => d.published).filter((moment) => !Number.isNaN(moment)), 0)
  return dated
    .map((d) => ({ ...d, published: d.published || last }))
    .sort((a, b) => a.published - b.published || (a.from || a.published) - (b.from || b.published))
}

function reportOf(found: Found): ReturnType<typeof readDispatch>['report'] {
  if ('problem' in found) throw new StartupError(refusalLine(found.source, found.problem))
  try {
    return readDispatch(found.document).report
  } catch (error) {
    const { file } = found.source
    throw new StartupError(`${file} is not a dispatch:\n${(error as Error).message}`)
  }
}

/** Gives dispatches one after the other, each when its time has come; ends when told to. */
export async function* inTime(
  dispatches: readonly Dated[],
  options: {
    /** Days of the process a second. */
    readonly speed: number | undefined
    readonly signal: AbortSignal
    /** Shows where it is. */
    readonly show: (text: string) => void
  },
): AsyncGenerator<Found> {
  const { signal, show } = options
  const first = dispatches[0]?.published ?? 0
  const days = ((dispatches.at(-1)?.published ?? 0) - first) / DAY
  const speed = options.speed ?? days / DURATION
  const begin = performance.now()
  for (const [i, { found, published }] of dispatches.entries()) {
    const due = begin + ((published - first) / DAY / speed) * 1000
    for (let left = 0; !signal.aborted; ) {
      left = due - performance.now()
      // Also a process of a single moment, whose speed is none, is due.
      if (!(left > 0)) break
      show(`${dayOf(published - (left / 1000) * speed * DAY)}, ${i} of ${dispatches.length} reports`)
      await passed(Math.min(left, FRAME), undefined, { signal }).catch(() => {})
    }
    if (signal.aborted) return
    yield found
  }
}

/** `2023-12-07` */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}
