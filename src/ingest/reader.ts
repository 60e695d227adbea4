import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { breaksOff, malformation } from './malformed.ts'
import { gatherer, linesOf, type Piece } from './pieces.ts'
import type { Problem } from './refusal.ts'

const MEBIBYTE = 1024 * 1024
const LIMIT = 10 * MEBIBYTE

/** Where a document was found. */
export interface Source {
  readonly file: string
  /** Where a file holds one document a line; counts from 1. */
  readonly line?: number
}

/** A document, or why there is none where one should be. */
export type Found = { readonly source: Source; readonly bytes: number } & (
  | { readonly document: unknown }
  | { readonly problem: Problem }
)

export interface ReadOptions {
  /** What `-` stands for. */
  readonly stdin: Readable
  /** Ends the reading, without an error. */
  readonly signal?: AbortSignal
  /** Largest document that is read, in bytes; 10 MiB unless told. */
  readonly limit?: number
}

/**
 * Reads documents from JSON files, files of one document a line (*.ndjson, *.jsonl), folders of both and, for `-`,
 * from standard input in either form. What cannot be read is told in its place, and the reading goes on.
 */
export async function* readDocuments(paths: readonly string[], options: ReadOptions): AsyncGenerator<Found> {
  const { stdin, signal, limit = LIMIT } = options
  for (const path of paths) {
    if (signal?.aborted) return
    try {
      if (path === '-') {
        if (signal !== undefined) addAbortSignal(signal, stdin)
        yield* readStdin(stdin, limit)
        continue
      }
      const files = (await stat(path)).isDirectory() ? await filesBelow(path) : [path]
      if (files.length === 0) yield missing({ file: path }, 'must hold a file named *.json or *.ndjson')
      for (const file of files) yield* readFile(file, limit, signal)
    } catch (error) {
      if (signal?.aborted) return
      yield unreadable(path, error as Error)
    }
  }
}

/** How many bytes there are to read; undefined where that is not known before: standard input, what cannot be read. */
export async function sizeOf(paths: readonly string[]): Promise<number | undefined> {
  if (paths.includes('-')) return undefined
  try {
    const files = await Promise.all(
      paths.map(async (path) => ((await stat(path)).isDirectory() ? filesBelow(path) : [path])),
    )
    const sizes = await Promise.all(files.flat().map(async (file) => (await stat(file)).size))
    return sizes.reduce((sum, size) => sum + size, 0)
  } catch {
    // The reading itself will tell what is wrong with it.
    return undefined
  }
}

/** Processes come first, since dispatches name them. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((e) => !e.isDirectory() && /\.(json|ndjson|jsonl)$/.test(e.name) && !e.name.endsWith('.schema.json'))
    .map((e) => join(e.parentPath, e.name))
  const rank = (file: string) => (basename(file) === 'process.json' ? 0 : 1)
  return files.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

async function* readFile(file: string, limit: number, signal?: AbortSignal): AsyncGenerator<Found> {
  try {
    const { size } = await stat(file)
    const inLines = /\.(ndjson|jsonl)$/.test(file)
    if (!inLines && size > limit) yield tooLarge({ file }, size, limit)
    else if (inLines) yield* documentsOf(file, linesOf(createReadStream(file, { signal }), limit), limit)
    else yield found({ file }, await whole(createReadStream(file, { signal }), limit), limit) ?? empty(file)
  } catch (error) {
    if (signal?.aborted) return
    yield unreadable(file, error as Error)
  }
}

/** One document a line, unless the first line is only the beginning of one: then all of it is one document. */
async function* readStdin(stdin: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Found> {
  const file = 'stdin'
  const lines = linesOf(stdin, limit)
  const first = await lines.next()
  if (first.done) return yield empty(file)
  if (first.value.bytes === undefined || !breaksOff(first.value.bytes.toString())) {
    return yield* documentsOf(file, rejoined(first.value, lines), limit)
  }
  const gathered = gatherer(limit)
  for await (const line of rejoined(first.value, lines)) {
    gathered.join(line)
    gathered.add(Buffer.from('\n'))
  }
  yield found({ file }, gathered.take(1), limit) ?? empty(file)
}

async function* rejoined(first: Piece, others: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  yield first
  yield* others
}

async function whole(stream: AsyncIterable<Buffer>, limit: number): Promise<Piece> {
  const gathered = gatherer(limit)
  for await (const chunk of stream) gathered.add(chunk)
  return gathered.take(1)
}

async function* documentsOf(file: string, lines: AsyncIterable<Piece>, limit: number): AsyncGenerator<Found> {
  let isEmpty = true
  for await (const piece of lines) {
    const next = found({ file, line: piece.line }, piece, limit)
    if (next === undefined) continue
    isEmpty = false
    yield next
  }
  if (isEmpty) yield empty(file)
}

/** What a piece holds; undefined: nothing but blanks. */
function found(source: Source, { bytes, size }: Piece, limit: number): Found | undefined {
  if (bytes === undefined) return tooLarge(source, size, limit)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return missing(source, 'must be UTF-8: save it in that encoding')
  }
  if (text.trim() === '') return undefined
  try {
    return { source, bytes: size, document: JSON.parse(text) }
  } catch {
    const { words, line, column } = malformation(text) ?? { words: 'it is malformed' }
    const where = [source.line === undefined && line && `line ${line}`, column && `column ${column}`].filter(Boolean)
    return missing(source, `must be JSON: ${words}${where.length > 0 ? ` at ${where.join(', ')}` : ''}`)
  }
}

function empty(file: string): Found {
  return missing({ file }, 'must hold a document: it is empty')
}

function tooLarge(source: Source, size: number, limit: number): Found {
  const mebibytes = (bytes: number) => `${Math.round((bytes / MEBIBYTE) * 10) / 10} MiB`
  return missing(source, `must be at most ${mebibytes(limit)} large`, mebibytes(size))
}

function unreadable(file: string, error: Error): Found {
  // Node's message goes on with the call and the path, after a comma.
  return missing({ file }, 'must be a file or folder that can be read', error.message.split(',')[0])
}

function missing(source: Source, rule: string, value?: string): Found {
  return { source, bytes: 0, problem: { path: '', rule, value } }
}
