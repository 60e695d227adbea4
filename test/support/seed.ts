import { fileURLToPath } from 'node:url'
import { type Found, readDocuments } from '../../src/ingest/reader.ts'

/** The folder of the first record. */
export const seedFolder = fileURLToPath(new URL('../../seed/armenia-azerbaijan', import.meta.url))

/** The seed's documents as they stand in its files: the process first, then the dispatches in the order of publication. */
export async function seedDocuments(): Promise<unknown[]> {
  const documents: unknown[] = []
  for await (const found of readDocuments([seedFolder], { stdin: process.stdin })) documents.push(documentOf(found))
  return documents
}

function documentOf(found: Found): unknown {
  if ('problem' in found) throw new Error(`${found.source.file}: ${found.problem.rule}`)
  return found.document
}
