import { z } from 'zod'
import { aspects, ranks, relations, type Value } from '../domain/claim.ts'
import { figureProblem, measures, qualifiers, stages } from '../domain/figure.ts'
import { responses } from '../domain/response.ts'
import { statuses } from '../domain/status.ts'
import { bases, precisions, whenProblem } from '../domain/when.ts'
import { day, exactlyOne, hasOneMember, name, slug, text } from './contractText.ts'

export const placeRef = slug.describe('A place, by its id.')
export const citationKey = slug
  .optional()
  .describe('Key of the citation that carries this; without it the first one does.')

const dateForm = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/
const dateRule = 'must be a date that exists (2023-12-07) or a moment with its zone (2023-12-07T18:30:00Z)'

const keyText = z
  .string()
  .max(200, 'must be at most 200 characters long')
  .regex(/^[\p{L}\p{N}_ .'/-]*$/u, 'must be letters, digits and _ . / -')

/** Which one within an aspect. */
export const aspectKey = keyText
  .default('')
  .describe(
    'Which one within the aspect: a role, "leg/KEY", "passage/KEY", a measure, an actor’s id; empty where there is only one.',
  )

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

const whenShape = {
  earliest: bound('earliest'),
  latest: bound('latest'),
  precision: z.enum(precisions).describe('How finely it is known: "October" is MONTH, never its first day.'),
  basis: z.enum(bases).default('STATED').describe('Stated by the report, implied by its dateline, or inferred by us.'),
  asReported: text(120).optional().describe("The report's own words."),
  reason: text(500).optional().describe('Why an inferred date is what it is.'),
}

function checkWhen(given: Parameters<typeof whenProblem>[0], ctx: z.RefinementCtx): void {
  const problem = whenProblem(given)
  if (problem !== undefined) ctx.addIssue({ code: 'custom', message: `must ${problem}` })
}

export const when = z
  .strictObject(whenShape)
  .superRefine(checkWhen)
  .meta({ id: 'When', description: 'When something happened, as finely as the source says and no finer.' })

export const citedWhen = z
  .strictObject({ ...whenShape, citation: citationKey })
  .superRefine(checkWhen)
  .meta({ id: 'CitedWhen', description: 'When it happened, with the passage that says so.' })

const count = z.number().min(0, 'must be a number of at least 0').max(1e12, 'must be at most a trillion')
const estimate = count.nullable().default(null)
const measure = z.enum(measures).describe('What is counted.')
const figureShape = {
  low: estimate.describe('Lowest estimate.'),
  best: estimate.describe('Best estimate; null where the source gives only a bound.'),
  high: estimate.describe('Highest estimate.'),
  qualifier: z.enum(qualifiers).default('EXACT').describe('How the number was worded: exactly, at least, about …'),
  of: count.optional().describe('The base of MOST_OF and ALL.'),
  parts: z
    .array(
      z
        .strictObject({ label: text(120).describe('Who or what this part is.'), count: count.describe('How many.') })
        .meta({ id: 'FigurePart', description: 'One of the parts that a number is made of.' }),
    )
    .max(50, 'must have at most 50 entries')
    .optional()
    .describe('What it is made of: 55 = 41 + 6 + 8.'),
  unit: text(40).optional().describe('Unit, where it does not count people: "years".'),
  asOf: day.optional().describe('The day for which it was given.'),
  stage: z.enum(stages).optional().describe('How far the number has come; a promised one is not a delivered one.'),
  asReported: text(120).optional().describe('The words used ("tens of thousands").'),
}

function checkFigure(given: Parameters<typeof figureProblem>[0], ctx: z.RefinementCtx): void {
  const problem = figureProblem(given)
  if (problem !== undefined) ctx.addIssue({ code: 'custom', message: `must ${problem}` })
}

const figure = z
  .strictObject({ measure, ...figureShape })
  .superRefine(checkFigure)
  .meta({ id: 'Figure', description: 'A number as it was said.' })

export const namedFigure = z
  .strictObject({
    key: keyText.optional().describe('Which figure it is: "leg/KEY" for a leg; without it the measure.'),
    claimant: name.optional().describe('Whose figure it is, by id or name; without it whomever the citation credits.'),
    measure,
    ...figureShape,
    citation: citationKey,
  })
  .superRefine(checkFigure)
  .meta({ id: 'NamedFigure', description: 'A number that the report gives, with its claimant.' })

export const releasedFigure = z
  .strictObject({ measure: measure.default('RELEASED'), ...figureShape })
  .superRefine(checkFigure)
  .meta({ id: 'CountOfPeople', description: 'How many people are released.' })

export const appearanceShape = {
  onBehalfOf: name.optional().describe('The actor for whom it acted, by id or name.'),
  capacity: text(160).optional().describe('In which office: "Prime Minister of Armenia".'),
  asReported: text(160).optional().describe("The report's words for it."),
  anonymous: z.boolean().optional().describe('An unnamed official of this organisation.'),
}

const appearance = z
  .strictObject({ id: name.describe('The actor, by id or any of its names.'), ...appearanceShape })
  .meta({ id: 'Appearance', description: 'An actor as a report puts it into a role.' })

export const value = z
  .strictObject({
    figure: figure.optional().describe('For FIGURE.'),
    when: when.optional().describe('For WHEN, DUE and HELD_SINCE.'),
    actor: appearance.optional().describe('For PARTICIPANT.'),
    place: placeRef.optional().describe('For PLACE.'),
    status: z.enum(statuses).optional().describe('For STATUS.'),
    response: z.enum(responses).optional().describe('For RESPONSE.'),
    text: text(2000).optional().describe('For WORDING, REASON, CONTENT and OFFICE.'),
  })
  .refine(hasOneMember, { error: 'must have exactly one member', abort: true })
  .meta({
    id: 'Value',
    description: 'A claimed value: exactly one member, which one follows from the aspect.',
    ...exactlyOne,
  })
  .transform((v) => v as Value)

export const claim = z
  .strictObject({
    aspect: z.enum(aspects).describe('What of the development it speaks of.'),
    key: aspectKey,
    value: value.describe('What is claimed.'),
    negated: z.boolean().default(false).describe('The report denies this value.'),
    rank: z.enum(ranks).default('NORMAL').describe("An editor's word on it."),
    rankReason: text(500).optional().describe('Why the editor ranked it so.'),
    judgement: z.enum(relations).optional().describe("The editor's word on how it stands to the other versions."),
    claimant: name.optional().describe('Whose claim the report says it is; without it whomever the citation credits.'),
    citation: citationKey,
  })
  .meta({ id: 'Claim', description: 'What the report claims of one aspect of the development.' })

function isDate(given: string): boolean {
  if (Number.isNaN(Date.parse(given))) return false
  const date = given.slice(0, 10)
  const year = new Date(given).getUTCFullYear()
  // PostgreSQL has no year 0, and ISO 8601 no five digits.
  if (year < 1 || year > 9999) return false
  // JavaScript rolls 31 June over to 1 July: only a date that comes back as it went in exists.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}

function dayEdge(date: string, edge: 'earliest' | 'latest'): Date {
  return new Date(`${date}T${edge === 'earliest' ? '00:00:00.000' : '23:59:59.999'}Z`)
}
