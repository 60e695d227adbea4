import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GraphQLError, validate } from 'graphql'
import { ConfigError } from '../config.ts'
import { readDocument } from '../schema/documentLimits.ts'
import { schema } from '../schema/schema.ts'

/** Reads the file of trusted documents: `{ "id": "query …" }`. Throws a ConfigError that lists every problem, one a line. */
export function readTrusted(path: string): ReadonlyMap<string, string> {
  const problem = (text: string) => `PARLEY_DOCUMENTS ${path}: ${text}`
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigError(problem((error as Error).message))
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new ConfigError(problem('must be an object of documents by their ids'))
  }
  const entries = Object.entries(read as Record<string, unknown>)
  const problems = entries.flatMap(([id, text]) => problemsOf(text).map((wrong) => problem(`${id}: ${wrong}`)))
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return new Map(entries as [string, string][])
}

/**
 * What the dashboard and the element ask, by its hash, as their build has listed it: they are the server's own, and work
 * whatever else is listed. Empty: they were not built.
 * @param folder into which they were built
 */
export function readOwnDocuments(folder: string): ReadonlyMap<string, string> {
  const path = join(folder, 'documents.json')
  if (!existsSync(path)) return new Map()
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>))
}

function problemsOf(text: unknown): readonly string[] {
  if (typeof text !== 'string') return ['must be a document as text']
  try {
    return validate(schema, readDocument(text)).map(({ message }) => message)
  } catch (error) {
    if (error instanceof GraphQLError) return [error.message]
    throw error
  }
}
