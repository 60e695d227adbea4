import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Cursor } from '../feed/cursor.ts'
import { type Permission, permits } from '../feed/viewer.ts'
import type PrismaTypes from '../store/prisma/pothos.ts'
import { getDatamodel } from '../store/prisma/pothos.ts'
import type { Context } from './context.ts'
import { notPermitted } from './permission.ts'

/** The schema builder. It holds no types: each noun's file adds its own. */
export const builder = new SchemaBuilder<{
  Context: Context
  AuthScopes: Record<Permission, boolean>
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
  // The first: whoever may not is refused before anything else is looked at.
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ scope }) => ({
      ingest: permits(scope, 'ingest'),
      edit: permits(scope, 'edit'),
      administer: permits(scope, 'administer'),
    }),
    unauthorizedError: (_parent, context, info, { failure }) => notPermitted(context, info, failure),
    authorizeOnSubscribe: true,
  },
  prisma: {
    client: (context) => context.database.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    onUnusedQuery: 'error',
  },
  relay: {
    idFieldOptions: { description: 'Global id, stable as long as the record exists.' },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: false, description: 'The entries of this page, each with its place in the list.' },
    nodeFieldOptions: { nullable: false, description: 'The entry.' },
    cursorFieldOptions: { description: 'Its place in the list: give it as `after` or `before`.' },
    pageInfoFieldOptions: { description: 'Where this page lies in the whole list.' },
    hasNextPageFieldOptions: { description: 'The list goes on after this page.' },
    hasPreviousPageFieldOptions: { description: 'The list began before this page.' },
    startCursorFieldOptions: { description: 'Place of the first entry; null: the page is empty.' },
    endCursorFieldOptions: { description: 'Place of the last entry; null: the page is empty.' },
    firstArgOptions: { description: 'How many entries from the beginning, or after `after`; 20 unless told.' },
    lastArgOptions: { description: 'How many entries from the end, or before `before`; not beside `first`.' },
    afterArgOptions: { description: 'Only entries after this place.' },
    beforeArgOptions: { description: 'Only entries before this place.' },
    nodesFieldOptions: { description: 'The entries of this page, without their places.' },
    nodesOnConnection: { description: 'The entries of this page, without their places.' },
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
