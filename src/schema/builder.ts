import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import type { Cursor } from '../feed/cursor.ts'
import type PrismaTypes from '../store/prisma/pothos.ts'
import { getDatamodel } from '../store/prisma/pothos.ts'
import type { Context } from './context.ts'

/** The schema builder. It holds no types: each noun's file adds its own. */
export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date | string }
    Date: { Input: Date; Output: Date | string }
    FeedCursor: { Input: Cursor; Output: Cursor }
    JSON: { Input: unknown; Output: unknown }
  }
}>({
  plugins: [ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: (context) => context.database.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    onUnusedQuery: 'error',
  },
  relay: {
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodesOnConnection: { description: 'The nodes of this page, without their edges.' },
    pageInfoTypeOptions: { description: 'Relay: where this page lies in the whole list.' },
    nodeTypeOptions: { description: 'Relay: an object with a global id, stable as long as the record exists.' },
    cursorType: 'String',
  },
  errors: { defaultTypes: [], directResult: true, defaultResultOptions: {} },
})

builder.queryType({
  description: 'Questions to the record. Each root field reads from one viewpoint: now, `at` or `asOf`.',
})
builder.mutationType({
  description:
    'What comes in: dispatches, and what the desk does to the record. Results are unions with typed refusals.',
})
builder.subscriptionType({ description: 'The live feed.' })
