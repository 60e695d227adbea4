import { z } from 'zod'
import { kinds } from '../domain/kind.ts'
import { list, moment, slug } from './contractText.ts'

// What an export writes so that what it gives out can be taken in elsewhere: beside a dispatch, and between documents.

export const mention = z
  .strictObject({
    ref: slug.describe('Its ref.'),
    kind: z.enum(kinds).describe('Its kind.'),
    process: slug.describe('Its process.'),
  })
  .meta({ id: 'Mention', description: 'A development that is known by name only until a dispatch tells of it.' })

export type Mention = z.output<typeof mention>

/** What a dispatch says of the one that it is a copy or a part of. */
export const copyOf = z
  .strictObject({
    dispatch: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be a sha256 in lower-case hexadecimal digits')
      .describe('The sha256 by which another record knows the whole of it. A record that has the whole takes no part.'),
    knownAt: moment.optional().describe('When a report whose date of publication is open counts as publicly known.'),
    mentions: list(mention, 10_000).describe('Developments that it links to and that are not told of before it.'),
  })
  .meta({ id: 'CopyOf', description: 'Of which dispatch this is a copy or a part: exports write it.' })

/** What an export says of itself between its documents. It carries nothing into the record. */
export const exportMark = z
  .strictObject({
    $schema: z.string().optional().describe('Address of this JSON Schema, for editors.'),
    export: z
      .strictObject({
        cursor: z.string().max(200).describe('The place of the feed at which the export was read.'),
        asOf: moment.optional().describe('Only what was publicly known at this moment was exported.'),
        filter: z.unknown().optional().describe('The filter that was sent.'),
        after: z
          .string()
          .max(400)
          .optional()
          .describe('Resume after this line: the same address, with this as `after`.'),
        complete: z.literal(true).optional().describe('This is the last line: nothing is missing.'),
      })
      .meta({ id: 'Export', description: 'Where the export was read, and where it goes on.' }),
  })
  .meta({ id: 'ExportMark', description: 'What an export says of itself between its documents.' })

export type ExportMark = z.output<typeof exportMark>
