import type { Highlight, Range, SearchField } from '../domain/highlight.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'

const SearchFieldRef = codes<SearchField>('SearchField', 'Which kind of text of a development matches a search.', {
  HEADLINE: 'Its headline; weighs most.',
  SUMMARY: 'Its summary.',
  NAME: 'The name of an actor, a place or an outlet that it names.',
  CLAIM: "A claim's text: a reason, terms, an office, a report's words for a figure or a date.",
  QUOTATION: 'A quotation of a report; weighs least.',
})

const TextRange = builder.objectRef<Range>('TextRange').implement({
  description: 'A part of a text, in UTF-16 units, as JavaScript counts them.',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'Where it begins, from 0.' }),
    end: t.exposeInt('end', { description: 'Where it ends: the first unit after it.' }),
  }),
})

/** A text that matches. */
export const HighlightRef = builder.objectRef<Highlight>('Highlight').implement({
  description: 'A text that matches a search, as plain text, with the places of the matches in it.',
  fields: (t) => ({
    field: t.field({ type: SearchFieldRef, description: 'What kind of text it is.', resolve: ({ field }) => field }),
    text: t.exposeString('text', {
      description: 'The text; of a long one what stands around the first match, with … where something is left out.',
    }),
    ranges: t.field({
      type: [TextRange],
      description: 'The parts that match, in order. Another name of an actor that was searched for is one, too.',
      resolve: ({ ranges }) => [...ranges],
    }),
  }),
})
