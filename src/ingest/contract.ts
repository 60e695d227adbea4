import { z } from 'zod'
import { actorKinds, nameKinds } from '../domain/actor.ts'
import { agreementStages } from '../domain/agreement.ts'
import { parts, stances } from '../domain/citation.ts'
import { aspects, ranks, relations, type Value } from '../domain/claim.ts'
import { exchangeForms } from '../domain/exchange.ts'
import { figureProblem, measures, qualifiers, stages } from '../domain/figure.ts'
import { incidentStandings, incidentTypes } from '../domain/incident.ts'
import { linkTypes } from '../domain/link.ts'
import { strengths } from '../domain/pledge.ts'
import { responses } from '../domain/response.ts'
import { roles } from '../domain/role.ts'
import { issues, speechActs } from '../domain/statement.ts'
import { statuses, statusProblem } from '../domain/status.ts'
import { talkExtents, talkFormats, talkLevels, talkTracks } from '../domain/talk.ts'
import { valueProblem } from '../domain/vocabulary.ts'
import { bases, precisions, whenProblem } from '../domain/when.ts'

// The one contract of everything that comes in: files, HTTP, GraphQL and the seed. Rules that complete "must …" are
// written so that a refusal reads "developments[2].legs[0].count.best: must be a number of at least 0, got -3".

/** Text that PostgreSQL can keep and a reader can read: no control characters, no broken surrogate pairs. */
export const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters long`)
    .refine(isText, 'must be text, without control characters')

export const slug = z
  .string()
  .max(80, 'must be at most 80 characters long')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters and digits, joined by single hyphens')

const name = text(120).describe('An actor by its id or any of its names ("Yerevan" is Armenia).')
const placeRef = slug.describe('A place by its id.')
const citationKey = slug.optional().describe('Key of the citation that carries this; without it the first one does.')

const dateForm = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/
const dateRule = 'must be a date that exists (2023-12-07) or a moment with its zone (2023-12-07T18:30:00Z)'

const bound = (edge: 'earliest' | 'latest') =>
  z
    .string()
    .regex(dateForm, { error: dateRule, abort: true })
    .refine(isDate, { error: dateRule, abort: true })
    .transform((value) => (value.length > 10 ? new Date(value) : dayEdge(value, edge)).toISOString())
    .nullable()
    .default(null)
    .describe(
      edge === 'earliest'
        ? 'The earliest it can have been; a date counts from its start. Null: unbounded.'
        : 'The latest it can have been, inclusive; a date counts to its end. Null: unbounded.',
    )

const isoDay = z.iso
  .date({ error: 'must be a date that exists, like 2023-11-30', abort: true })
  .refine((day) => day >= '0001', 'must be a date that exists, like 2023-11-30')

const whenShape = {
  earliest: bound('earliest'),
  latest: bound('latest'),
  precision: z.enum(precisions).describe('How finely it is known: "October" is MONTH, never its first day.'),
  basis: z.enum(bases).default('STATED').describe('Stated by the report, implied by its dateline, or inferred by us.'),
  asReported: text(120).optional().describe("The report's own words."),
  reason: text(500).optional().describe('Why an inferred date is what it is.'),
}
const checkWhen = (when: z.output<z.ZodObject<typeof whenShape>>, ctx: z.RefinementCtx) => {
  const problem = whenProblem(when)
  if (problem !== undefined) ctx.addIssue({ code: 'custom', message: `must ${problem}` })
}
const when = z.strictObject(whenShape).superRefine(checkWhen).meta({ id: 'When' })
const citedWhen = z
  .strictObject({ ...whenShape, citation: citationKey })
  .superRefine(checkWhen)
  .meta({ id: 'CitedWhen' })

const amount = z
  .number()
  .min(0, 'must be a number of at least 0')
  .max(1e12, 'must be below a trillion')
  .nullable()
  .default(null)
const figureShape = {
  low: amount.describe('Lowest estimate.'),
  best: amount.describe('Best estimate; null where the source gives only a bound.'),
  high: amount.describe('Highest estimate.'),
  qualifier: z.enum(qualifiers).default('EXACT').describe('How the number was worded: exactly, at least, about …'),
  of: z.number().min(0, 'must be a number of at least 0').optional().describe('The base of MOST_OF and ALL.'),
  parts: z
    .array(
      z
        .strictObject({ label: text(120), count: z.number().min(0, 'must be a number of at least 0') })
        .meta({ id: 'FigurePart' }),
    )
    .optional()
    .describe('What it is made of: 55 = 41 + 6 + 8.'),
  unit: text(40).optional().describe('Unit, where it does not count people: "years".'),
  asOf: isoDay.optional().describe('The day for which it was given.'),
  stage: z.enum(stages).optional().describe('How far the number has come; a promised one is not a delivered one.'),
  asReported: text(120).optional().describe('The words used ("tens of thousands").'),
}
const checkFigure = (figure: Parameters<typeof figureProblem>[0], ctx: z.RefinementCtx) => {
  const problem = figureProblem(figure)
  if (problem !== undefined) ctx.addIssue({ code: 'custom', message: `must ${problem}` })
}
const measure = z.enum(measures).describe('What is counted.')
const figure = z
  .strictObject({ measure, ...figureShape })
  .superRefine(checkFigure)
  .meta({ id: 'Figure' })
const namedFigure = z
  .strictObject({
    key: slug.optional().describe('Tells figures of one measure apart.'),
    claimant: name.optional(),
    measure,
    ...figureShape,
    citation: citationKey,
  })
  .superRefine(checkFigure)
  .meta({ id: 'NamedFigure' })
const releasedFigure = z
  .strictObject({ measure: measure.default('RELEASED'), ...figureShape })
  .superRefine(checkFigure)
  .meta({ id: 'CountOfPeople' })

const appearanceShape = {
  onBehalfOf: name.optional().describe('The actor for whom it acted.'),
  capacity: text(160).optional().describe('In which office: "Prime Minister of Armenia".'),
  asReported: text(160).optional().describe("The report's words for it."),
  anonymous: z.boolean().optional().describe('An unnamed official of this organisation.'),
}
const participant = z
  .strictObject({ actor: name, role: z.enum(roles), ...appearanceShape, citation: citationKey })
  .meta({ id: 'Participant' })

export const value = z
  .strictObject({
    figure: figure.optional(),
    when: when.optional(),
    actor: z
      .strictObject({ id: name, ...appearanceShape })
      .meta({ id: 'Appearance' })
      .optional(),
    place: placeRef.optional(),
    status: z.enum(statuses).optional(),
    response: z.enum(responses).optional(),
    text: text(2000).optional(),
  })
  .refine((v) => Object.values(v).filter((x) => x !== undefined).length === 1, {
    error: 'must have exactly one member',
    abort: true,
  })
  .describe(
    'Exactly one member: FIGURE takes figure; WHEN, DUE and HELD_SINCE take when; PARTICIPANT takes actor; PLACE, STATUS and RESPONSE their own; the others take text.',
  )
  .meta({ id: 'Value', oneOf: true })
  .transform((v) => v as Value)

export const aspectKey = z
  .string()
  .max(200)
  .regex(/^[\p{L}\p{N}_ .'/-]*$/u, 'must be letters, digits and _ . / -')
  .default('')
  .describe('Which one within the aspect: a role, "leg/KEY", "passage/KEY", a measure; empty where there is only one.')

const claim = z
  .strictObject({
    aspect: z.enum(aspects),
    key: aspectKey,
    value,
    negated: z.boolean().default(false).describe('The report denies this value.'),
    rank: z.enum(ranks).default('NORMAL'),
    rankReason: text(500).optional(),
    judgement: z.enum(relations).optional().describe("The editor's word on how it stands to the other versions."),
    claimant: name.optional().describe('Whose claim the report says it is; without it whomever the citation credits.'),
    citation: citationKey,
  })
  .meta({ id: 'Claim' })

const citation = z
  .strictObject({
    key: slug.optional().describe('Unique within the development; c1, c2 … where left out.'),
    part: z.enum(parts).default('BODY'),
    quotation: text(500).optional().describe('A short quotation of a speaker.'),
    locator: text(200).optional().describe('Where in the report, where nothing is quoted: "paragraph 4".'),
    stance: z.enum(stances).default('ASSERTS'),
    attributedTo: name.optional().describe('Whom the report credits.'),
    via: slug.optional().describe('An outlet through which the report has it.'),
    origin: slug.optional().describe('Key of the agency text that the passage repeats: such passages are one source.'),
  })
  .meta({ id: 'Citation' })

const list = <T extends z.ZodType>(item: T) => z.array(item).max(500, 'must have at most 500 entries').default([])

const milestone = z
  .strictObject({ status: z.enum(statuses), when: when.optional(), citation: citationKey })
  .meta({ id: 'Milestone' })

const common = {
  ref: slug.describe('Names the development; the same ref in another dispatch adds evidence to it.'),
  headline: text(160).describe('In our own words.'),
  summary: text(1200).optional().describe('In our own words.'),
  citations: z
    .array(citation)
    .min(1, 'must have at least one citation of the report')
    .max(100, 'must have at most 100 entries')
    .describe('The passages of the report that tell it.'),
  when: citedWhen.optional().describe('When it happened; without it the last milestone dates the development.'),
  place: placeRef.optional(),
  participants: list(participant),
  milestones: list(milestone).describe('Steps of the lifecycle that the report tells.'),
  figures: list(namedFigure),
  claims: list(claim).describe(
    'What else the report claims, beside the fields above: each of them is a claim already.',
  ),
  links: list(
    z
      .strictObject({ type: z.enum(linkTypes), to: slug.describe('The ref of the other development.') })
      .meta({ id: 'Link' }),
  ),
}

const statement = z.strictObject({
  kind: z.literal('STATEMENT'),
  ...common,
  act: z.enum(speechActs),
  issue: z.enum(issues).default('SINGLE'),
  channel: text(120).optional().describe('How it was published: "Facebook", "press briefing".'),
  gist: text(1200).optional().describe('What it says, in our own words.'),
  passages: list(
    z
      .strictObject({
        key: slug.describe('Names the passage, so that its wordings in several reports stand side by side.'),
        quotation: text(500),
        speaker: name.optional().describe('Whose words the report says they are, where that is told differently.'),
        citation: citationKey,
      })
      .meta({ id: 'Passage' }),
  ),
})

const talk = z.strictObject({
  kind: z.literal('TALK'),
  ...common,
  extent: z.enum(talkExtents),
  format: z.enum(talkFormats).optional(),
  track: z.enum(talkTracks).optional(),
  level: z.enum(talkLevels).optional(),
  topic: text(300).optional(),
  outcome: text(600).optional(),
  invitations: list(
    z
      .strictObject({
        invitee: name,
        invitedBy: name.optional(),
        respondedBy: name.optional().describe('The person who answered for the invited party.'),
        response: z.enum(responses),
        reason: text(600).optional().describe('The reason that was given.'),
        when: when.optional(),
        citation: citationKey,
      })
      .meta({ id: 'Invitation' }),
  ),
})

const heldShape = {
  key: slug,
  count: releasedFigure.optional().describe('How many; left out: unknown.'),
  category: text(160).optional().describe('Who they are: "military personnel".'),
  heldSince: when.optional(),
  citation: citationKey,
}
const exchange = z.strictObject({
  kind: z.literal('EXCHANGE'),
  ...common,
  form: z.enum(exchangeForms).default('RECIPROCAL'),
  legs: list(
    z
      .strictObject({
        ...heldShape,
        releasedBy: name,
        receivedBy: name,
        groups: list(z.strictObject(heldShape).meta({ id: 'LegGroup' })),
        persons: z
          .array(text(120))
          .max(1000, 'must have at most 1000 entries')
          .default([])
          .describe('Names as reported.'),
      })
      .meta({ id: 'Leg' }),
  ),
})

const pledge = z.strictObject({
  kind: z.literal('PLEDGE'),
  ...common,
  strength: z.enum(strengths),
  terms: text(1200).optional(),
  condition: text(600).optional(),
  due: when.optional(),
})

const agreement = z.strictObject({
  kind: z.literal('AGREEMENT'),
  ...common,
  stage: z.enum(agreementStages).optional().describe('PA-X stage.'),
  terms: text(1200).optional(),
  effective: when.optional(),
  until: when.optional(),
})

const incident = z.strictObject({
  kind: z.literal('INCIDENT'),
  ...common,
  type: z.enum(incidentTypes),
  standing: z.enum(incidentStandings).default('REPORTED'),
})

/** One member a kind; GraphQL's `@oneOf` input is made of the same ones. */
export const developmentKinds = { statement, talk, exchange, pledge, agreement, incident }

const development = z
  .discriminatedUnion('kind', [statement, talk, exchange, pledge, agreement, incident])
  .superRefine((account, ctx) => {
    const keys = account.citations.map((c, i) => c.key ?? `c${i + 1}`)
    for (const [i, key] of keys.entries()) {
      if (keys.indexOf(key) !== i) {
        ctx.addIssue({
          code: 'custom',
          path: ['citations', i, 'key'],
          message: 'must be unique within the development',
        })
      }
    }
    for (const { path, key } of citationsNamed(account, [])) {
      if (keys.includes(key)) continue
      const message = `must name one of the development's citations (${keys.join(', ')})`
      ctx.addIssue({ code: 'custom', path, message })
    }
    for (const [i, { status }] of account.milestones.entries()) {
      const rule = statusProblem(account.kind, status)
      if (rule !== undefined)
        ctx.addIssue({ code: 'custom', path: ['milestones', i, 'status'], message: `must ${rule}` })
    }
    for (const [i, { aspect, key, value: given }] of account.claims.entries()) {
      const rule = valueProblem(account.kind, aspect, key, given)
      if (rule !== undefined) ctx.addIssue({ code: 'custom', path: ['claims', i, 'value'], message: `must ${rule}` })
    }
  })

const officeShape = z
  .strictObject({
    title: text(160),
    organisation: name.optional(),
    from: isoDay.optional(),
    to: isoDay.optional(),
  })
  .meta({ id: 'Office' })

const wikidata = z
  .string()
  .regex(/^Q[1-9]\d*$/, 'must be a Wikidata item like Q227')
  .optional()
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code like AM')
  .optional()

const actor = z
  .strictObject({
    id: slug,
    kind: z.enum(actorKinds),
    name: text(160),
    description: text(400).optional(),
    names: list(
      z.strictObject({ name: text(160), kind: z.enum(nameKinds).default('VARIANT') }).meta({ id: 'ActorName' }),
    ),
    partOf: name.optional(),
    country,
    wikidata,
    offices: list(officeShape),
  })
  .meta({ id: 'Actor' })

const place = z
  .strictObject({
    id: slug,
    name: text(160),
    country,
    latitude: z.number().min(-90, 'must be from -90 to 90').max(90, 'must be from -90 to 90').optional(),
    longitude: z.number().min(-180, 'must be from -180 to 180').max(180, 'must be from -180 to 180').optional(),
    precision: z
      .int()
      .min(1, 'must be from 1 to 7')
      .max(7, 'must be from 1 to 7')
      .optional()
      .describe('UCDP GED where_prec, 1 to 7.'),
    within: placeRef.optional(),
    wikidata,
  })
  .meta({ id: 'Place' })

const outlet = z.strictObject({ id: slug, name: text(120), wikidata }).meta({ id: 'Outlet' })

const identities = {
  actors: list(actor).describe('Actors that the record may not know yet.'),
  places: list(place),
  outlets: list(outlet),
}

const report = z
  .strictObject({
    id: slug.describe('Names the report.'),
    outlet: slug.optional().describe('Left out: unknown, which is no fault.'),
    title: text(300).optional(),
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(2000, 'must be at most 2000 characters long')
      .refine(isText, 'must be text, without control characters')
      .optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag like en')
      .default('en'),
    credits: list(text(120)).describe('Agencies and sites that it credits as a whole.'),
    published: when.describe('When it was published; its end is when its content counts as publicly known.'),
  })
  .meta({ id: 'Report' })

/** One report and the developments that it supports. */
export const dispatch = z
  .strictObject({
    $schema: z.string().optional(),
    process: slug.describe('The process that the developments belong to.'),
    report,
    ...identities,
    developments: z.array(development).max(10_000, 'must have at most 10000 entries'),
  })
  .superRefine(({ developments }, ctx) => {
    const seen = new Set<string>()
    for (const [i, { ref }] of developments.entries()) {
      if (seen.has(ref))
        ctx.addIssue({
          code: 'custom',
          path: ['developments', i, 'ref'],
          message: 'must be unique within the dispatch',
        })
      seen.add(ref)
    }
  })
  .meta({ id: 'Dispatch' })

/** A process with its parties and mediators, and the identities that its dispatches need. */
export const processDocument = z
  .strictObject({
    $schema: z.string().optional(),
    process: z
      .strictObject({
        id: slug,
        name: text(160),
        summary: text(1200),
        parties: z.array(name),
        mediators: z.array(name),
      })
      .meta({ id: 'Process' }),
    ...identities,
  })
  .meta({ id: 'ProcessDocument' })

export type Dispatch = z.output<typeof dispatch>
export type ProcessDocument = z.output<typeof processDocument>
export type Identities = Pick<Dispatch, 'actors' | 'places' | 'outlets'>
export type DevelopmentSent = Dispatch['developments'][number]

function isText(value: string): boolean {
  return value.isWellFormed() && !/[\p{Cc}--[\n\t]]/v.test(value)
}

function isDate(value: string): boolean {
  if (Number.isNaN(Date.parse(value))) return false
  const day = value.slice(0, 10)
  const year = new Date(value).getUTCFullYear()
  // PostgreSQL has no year 0, and ISO 8601 no five digits.
  if (year < 1 || year > 9999) return false
  // JavaScript rolls 31 June over to 1 July: only a date that comes back as it went in exists.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

function dayEdge(day: string, edge: 'earliest' | 'latest'): Date {
  return new Date(`${day}T${edge === 'earliest' ? '00:00:00.000' : '23:59:59.999'}Z`)
}

function citationsNamed(node: unknown, path: (string | number)[]): { path: (string | number)[]; key: string }[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, child]) => {
    const here = [...path, Array.isArray(node) ? Number(name) : name]
    return name === 'citation' && typeof child === 'string' ? [{ path: here, key: child }] : citationsNamed(child, here)
  })
}
