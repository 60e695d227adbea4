import { z } from 'zod'
import { dispatch } from './contract.ts'
import { exportMark } from './contractCopy.ts'
import { processDocument } from './contractIdentity.ts'
import { deskDocument } from './deskDocument.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/**
 * The contract as JSON Schema 2020-12, by file name, so that editors complete and check what they write. It says less
 * than the contract itself: rules between several fields are checked at ingest only.
 */
export function contractSchemas(): Record<'dispatch' | 'process' | 'desk' | 'export', JsonSchema> {
  return {
    dispatch: schemaOf(dispatch, 'Dispatch', 'One report and the developments that it supports.'),
    process: schemaOf(processDocument, 'Process', 'A process and the identities that its dispatches need.'),
    desk: schemaOf(deskDocument, 'Desk', 'One thing that a desk did: to a development, to two, or to a report.'),
    export: schemaOf(exportMark, 'Export', 'What an export says of itself between its documents.'),
  }
}

function schemaOf(contract: z.ZodType, title: string, description: string): JsonSchema {
  const schema = z.toJSONSchema(contract, { io: 'input', target: 'draft-2020-12', override: complete })
  const { $schema, ...rest } = schema
  return { $schema, title: `Parley: ${title}`, description, ...rest }
}

function complete({ jsonSchema, zodSchema }: { jsonSchema: JsonSchema; zodSchema: z.core.$ZodTypes }): void {
  const name = z.globalRegistry.get(zodSchema)?.id ?? kindOf(jsonSchema)
  if (name !== undefined) jsonSchema.title = name
}

function kindOf({ properties }: JsonSchema): string | undefined {
  const kind = properties?.kind
  const value = typeof kind === 'object' ? kind.const : undefined
  return typeof value === 'string' ? `${value[0]}${value.slice(1).toLowerCase()}` : undefined
}
