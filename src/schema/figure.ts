import type { Figure, Measure, Qualifier, Stage } from '../domain/figure.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'

const MeasureRef = codes<Measure>('Measure', 'What a figure counts.', {
  RELEASED: 'People set free.',
  HELD: 'People held.',
  KILLED: 'People killed.',
  WOUNDED: 'People wounded.',
  DISPLACED: 'People driven from where they live.',
  MISSING: 'People missing.',
  POPULATION: 'People living somewhere.',
  DURATION: 'How long something lasted, in `unit`.',
  OTHER: 'Something else, named by `unit`.',
})

const QualifierRef = codes<Qualifier>('Qualifier', 'How a number was worded.', {
  EXACT: 'Just this number.',
  AT_LEAST: 'This number or more.',
  MORE_THAN: 'Above this number.',
  ABOUT: 'Around this number; compared as a tenth either way.',
  ALMOST: 'Just below this number; compared as its last fifth.',
  UP_TO: 'This number or less.',
  MOST_OF: 'More than half of the base `of`.',
  ALL: 'The whole base `of`.',
})

const StageRef = codes<Stage>('Stage', 'How far a number has come: a promised one is not a freed one.', {
  PLEDGED: 'Promised, not done.',
  ANNOUNCED: 'Said to be done by whoever did it.',
  DELIVERED: 'Done.',
  OBSERVED: 'Seen by a third party.',
})

const FigurePart = builder.objectRef<{ label: string; count: number }>('FigurePart').implement({
  description: 'One of the parts that a number is made of.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'Who or what this part is.' }),
    count: t.exposeFloat('count', { description: 'How many.' }),
  }),
})

/** A number as it was said. */
export const FigureRef = builder.objectRef<Figure>('Figure').implement({
  description: 'A number as it was said: low, best and high as in UCDP, with its wording.',
  fields: (t) => ({
    measure: t.expose('measure', { type: MeasureRef, description: 'What is counted.' }),
    low: t.exposeFloat('low', { nullable: true, description: 'Lowest estimate.' }),
    best: t.exposeFloat('best', { nullable: true, description: 'Best estimate; null where only a bound was given.' }),
    high: t.exposeFloat('high', { nullable: true, description: 'Highest estimate.' }),
    qualifier: t.expose('qualifier', { type: QualifierRef, description: 'How the number was worded.' }),
    of: t.exposeFloat('of', { nullable: true, description: 'The base of MOST_OF and ALL.' }),
    parts: t.field({
      type: [FigurePart],
      description: 'What it is made of: 55 = 41 + 6 + 8.',
      resolve: ({ parts }) => [...(parts ?? [])],
    }),
    unit: t.exposeString('unit', { nullable: true, description: 'Unit; null: people.' }),
    asOf: t.exposeString('asOf', { nullable: true, description: 'The day for which it was given, ISO 8601.' }),
    stage: t.expose('stage', { type: StageRef, nullable: true, description: 'How far the number has come.' }),
    asReported: t.exposeString('asReported', { nullable: true, description: 'The words used.' }),
  }),
})

/** The numbers that one or several wordings allow, both ends inclusive. */
export const FigureRangeRef = builder.objectRef<readonly [low: number, high: number]>('FigureRange').implement({
  description:
    'The numbers that one or several wordings allow, both ends inclusive: "about 100" is 90 to 110, "more than 100" is 101 and more.',
  fields: (t) => ({
    low: t.float({ description: 'The least of them.', resolve: ([low]) => low }),
    high: t.float({
      nullable: true,
      description: 'The greatest of them; null: no wording bounds it.',
      resolve: ([, high]) => (Number.isFinite(high) ? high : null),
    }),
  }),
})
