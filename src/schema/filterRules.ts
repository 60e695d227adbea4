import { type Box, type Circle, FARTHEST_KM } from '../domain/geography.ts'
import type { SentFilter, SentWindow } from './filterSent.ts'
import { badInput } from './refused.ts'

/** How much one filter may ask: what the feed evaluates for every revision, and the database for every row. */
const MOST = { deep: 8, filters: 50, values: 500 }

/** Throws a GraphQLError for a filter that is nested too deep or holds too much, and for lists of alternatives without any. */
export function boundedFilter(filter: SentFilter): void {
  let filters = 0
  let values = 0
  // Level by level, so that whatever depth was sent costs no stack.
  let level: { readonly path: string; readonly sent: SentFilter }[] = [{ path: 'filter', sent: filter }]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST.deep) throw badInput('filter', `must nest at most ${MOST.deep} deep`, level[0]?.path)
    filters += level.length
    if (filters > MOST.filters) {
      throw badInput('filter', `must be made of at most ${MOST.filters} filters, with all that are nested`, filters)
    }
    level = level.flatMap(({ path, sent }) => {
      const { and, or, not, ...own } = sent
      values += size(own)
      for (const [member, parts] of Object.entries({ and, or })) {
        if (parts?.length === 0)
          throw badInput(`${path}.${member}`, 'must hold at least one filter, or be left out', parts)
      }
      const parts = (member: 'and' | 'or') =>
        (sent[member] ?? []).map((one, i) => ({ path: `${path}.${member}[${i}]`, sent: one }))
      return [...parts('and'), ...parts('or'), ...(not ? [{ path: `${path}.not`, sent: not }] : [])]
    })
  }
  if (values > MOST.values) throw badInput('filter', `must name at most ${MOST.values} values in all`, values)
}

function size(value: unknown): number {
  if (value == null) return 0
  if (typeof value !== 'object' || value instanceof Date) return 1
  return Object.values(value).reduce((sum: number, one) => sum + size(one), 0)
}

/** Throws a GraphQLError for a window that ends before it begins, or lies beyond the years that the record can hold. */
export function windowOf(
  path: string,
  sent: SentWindow | null | undefined,
): { readonly from: string | undefined; readonly to: string | undefined } {
  const { from, to } = sent ?? {}
  for (const [member, moment] of Object.entries({ from, to })) {
    const year = moment?.getUTCFullYear() ?? 2000
    if (year < 1 || year > 9999) throw badInput(`${path}.${member}`, 'must lie in the years 1 to 9999 (UTC)', moment)
  }
  if (from && to && to < from) throw badInput(`${path}.to`, `must not be before \`from\` (${from.toISOString()})`, to)
  return { from: from?.toISOString(), to: to?.toISOString() }
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

export function countriesOf(path: string, sent: readonly string[] | null | undefined): readonly string[] | undefined {
  const wrong = sent?.find((code) => !/^[A-Z]{2}$/.test(code) || code === 'ZZ' || regions.of(code) === undefined)
  if (wrong === undefined) return sent ?? undefined
  throw badInput(path, 'must be an ISO 3166-1 alpha-2 code, in capitals, like AM', wrong)
}

export function circleOf(path: string, sent: Circle | null | undefined): Circle | undefined {
  if (!sent) return undefined
  within(`${path}.latitude`, sent.latitude, 90)
  within(`${path}.longitude`, sent.longitude, 180)
  const { latitude, longitude, kilometres } = sent
  const most = Math.floor(FARTHEST_KM)
  if (kilometres <= 0 || kilometres > most) {
    throw badInput(
      `${path}.kilometres`,
      `must be more than 0 and at most ${most}, half the way round the Earth`,
      kilometres,
    )
  }
  return { latitude, longitude, kilometres }
}

export function boxOf(path: string, sent: Box | null | undefined): Box | undefined {
  if (!sent) return undefined
  const { south, west, north, east } = sent
  for (const [member, latitude] of Object.entries({ south, north })) within(`${path}.${member}`, latitude, 90)
  for (const [member, longitude] of Object.entries({ west, east })) within(`${path}.${member}`, longitude, 180)
  if (south > north) throw badInput(`${path}.north`, `must not be south of \`south\` (${south})`, north)
  return { south, west, north, east }
}

export function atLeast(path: string, sent: number | null | undefined): number | undefined {
  if (sent != null && sent < 1) throw badInput(path, 'must be 1 or more', sent)
  return sent ?? undefined
}

function within(path: string, degrees: number, most: number): void {
  if (degrees < -most || degrees > most) throw badInput(path, `must be from -${most} to ${most} degrees`, degrees)
}
