import { type Basis, type Precision, ucdpDatePrecision, type When } from '../domain/when.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'

export const PrecisionRef = codes<Precision>('Precision', 'How finely a date is known.', {
  TIME: 'To a moment within a day.',
  DAY: 'To the day.',
  RANGE: 'Between two bounds, of which one may be open.',
  WEEK: 'To the week.',
  MONTH: 'To the month: "October" is a month, never 1 October.',
  YEAR: 'To the year.',
  DECADE: 'To the decade: "the 1990s".',
  UNKNOWN: 'Not at all.',
})

const BasisRef = codes<Basis>('Basis', 'On what a date rests.', {
  STATED: 'The report gives it.',
  DATELINE: "It follows from the report's own date.",
  INFERRED: 'We inferred it; `reason` says how.',
})

/** When something happened, as finely as the source says and no finer. */
export const WhenRef = builder.objectRef<When>('When').implement({
  description: 'When something happened, as finely as the source says and no finer.',
  fields: (t) => ({
    earliest: t.expose('earliest', {
      type: 'DateTime',
      nullable: true,
      description: 'The earliest it can have been; null: unbounded.',
    }),
    latest: t.expose('latest', {
      type: 'DateTime',
      nullable: true,
      description: 'The latest it can have been, inclusive to the millisecond; null: unbounded.',
    }),
    precision: t.expose('precision', { type: PrecisionRef, description: 'How finely it is known.' }),
    basis: t.expose('basis', { type: BasisRef, description: 'On what the date rests.' }),
    asReported: t.exposeString('asReported', { nullable: true, description: "The report's own words for it." }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why an inferred date is what it is.' }),
    ucdpPrecision: t.int({
      nullable: true,
      description:
        'UCDP GED date_prec: 1 one day, 2 up to 6 days, 3 a week, 4 up to a month, 5 up to a year; null where UCDP has no code.',
      resolve: ucdpDatePrecision,
    }),
  }),
})
