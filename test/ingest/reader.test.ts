import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Found, type ReadOptions, readDocuments } from '../../src/ingest/reader.ts'
import { refusalLine } from '../../src/ingest/summary.ts'
import { type Folder, makeFolder } from '../support/folder.ts'

let folder: Folder
beforeEach(async () => {
  folder = await makeFolder()
})
afterEach(() => folder[Symbol.asyncDispose]())

const nothing = Readable.from([])

async function read(paths: string[], options: Partial<ReadOptions> = {}): Promise<Found[]> {
  const all: Found[] = []
  for await (const found of readDocuments(paths, { stdin: nothing, ...options })) all.push(found)
  return all
}

/** What was found, in a line each: the document as JSON, or the problem; the folder's path is left out. */
function told(found: Found[]): string[] {
  return found.map((f) => {
    const line =
      'problem' in f
        ? refusalLine(f.source, f.problem)
        : `${f.source.file}${f.source.line ? `:${f.source.line}` : ''} ${JSON.stringify(f.document)}`
    return line.replace(`${folder.path}/`, '')
  })
}

const input = (...chunks: (string | Buffer)[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)))

describe('a file', () => {
  it('holds one document, whatever its line ends and byte order mark', async () => {
    const file = await folder.write('one.json', '\ufeff{\r\n"a": "ü"\r\n}\r\n')
    expect(told(await read([file]))).toEqual(['one.json {"a":"ü"}'])
  })

  it('named *.ndjson or *.jsonl holds one document a line, blank lines aside', async () => {
    const file = await folder.write('many.ndjson', '{"a":1}\n\n  \r\n{"a":2}\r\n{"a":3}')
    const other = await folder.write('many.jsonl', '[]\n')
    expect(told(await read([file, other]))).toEqual([
      ...['many.ndjson:1 {"a":1}', 'many.ndjson:4 {"a":2}', 'many.ndjson:5 {"a":3}'],
      'many.jsonl:1 []',
    ])
  })

  it.each([
    ['{"a": 1,\n  "b" 2}', 'colon expected at line 2, column 7'],
    ['{"a": 1', 'close brace expected at line 1, column 8'],
    ['{"a": 1,}', 'property name expected at line 1, column 9'],
    ["{'a': 1}", 'invalid symbol at line 1, column 2'],
    ['{"a": 1} {', 'end of the document expected at line 1, column 10'],
    ['// no comments\n{}', 'invalid comment token at line 1, column 1'],
    ['{"a": "\u0001"}', 'invalid character at line 1, column 7'],
    ['nul', 'invalid symbol at line 1, column 1'],
  ])('that is no JSON is told with the place: %j', async (text, words) => {
    const file = await folder.write('bad.json', text)
    expect(told(await read([file]))).toEqual([`bad.json: must be JSON: ${words}`])
  })

  it('that is no JSON in one line goes on with the next', async () => {
    const file = await folder.write('some.ndjson', '{"a":1}\n{"a":2\n{"a":3}\n')
    expect(told(await read([file]))).toEqual([
      'some.ndjson:1 {"a":1}',
      'some.ndjson:2: must be JSON: close brace expected at column 7',
      'some.ndjson:3 {"a":3}',
    ])
  })

  it('that is not UTF-8 is told, and so is a line', async () => {
    const latin = Buffer.from('{"a":"\u00fc"}', 'latin1')
    const file = await folder.write('latin.json', latin)
    const lines = await folder.write('latin.ndjson', Buffer.concat([Buffer.from('{}\n'), latin, Buffer.from('\n{}\n')]))
    expect(told(await read([file, lines]))).toEqual([
      'latin.json: must be UTF-8: save it in that encoding',
      'latin.ndjson:1 {}',
      'latin.ndjson:2: must be UTF-8: save it in that encoding',
      'latin.ndjson:3 {}',
    ])
  })

  it.each(['empty.json', 'empty.ndjson'])('that is empty is told: %s', async (name) => {
    expect(told(await read([await folder.write(name, ' \n')]))).toEqual([`${name}: must hold a document: it is empty`])
  })

  it('that is too large is told with its size, and so is a line', async () => {
    const large = Buffer.alloc(50 * 1024 * 1024, ' ')
    const file = await folder.write('large.json', large)
    const lines = await folder.write('large.ndjson', Buffer.concat([Buffer.from('{}\n'), large, Buffer.from('\n{}')]))
    expect(told(await read([file, lines]))).toEqual([
      'large.json: must be at most 10 MiB large, got 50 MiB',
      'large.ndjson:1 {}',
      'large.ndjson:2: must be at most 10 MiB large, got 50 MiB',
      'large.ndjson:3 {}',
    ])
  })

  it('that is exactly as large as the limit is read', async () => {
    const file = await folder.write('full.json', '{"a":1}')
    expect(told(await read([file], { limit: 7 }))).toEqual(['full.json {"a":1}'])
    expect(told(await read([file], { limit: 6 }))).toEqual(['full.json: must be at most 0 MiB large, got 0 MiB'])
  })

  it('that cannot be read is told, and the others are read', async () => {
    const file = await folder.write('one.json', '{}')
    expect(told(await read([join(folder.path, 'missing.json'), file]))).toEqual([
      'missing.json: must be a file or folder that can be read, got ENOENT: no such file or directory',
      'one.json {}',
    ])
  })

  it('is read however deep it nests', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const file = await folder.write('deep.json', deep)
    const broken = await folder.write('broken.json', deep.slice(0, -1))
    const [first, second] = await read([file, broken])
    expect(first).toHaveProperty('document')
    expect(second).toHaveProperty('problem.rule', expect.stringMatching(/^must be JSON: /))
  })
})

describe('a folder', () => {
  it('is read with its folders, processes first, then by name, without schemas and other files', async () => {
    for (const name of [
      'b/2.json',
      'b/1.ndjson',
      'a.json',
      'b/process.json',
      'process.json',
      'x.schema.json',
      'x.txt',
    ]) {
      await folder.write(name, '{}')
    }
    expect(told(await read([folder.path]))).toEqual([
      ...['b/process.json {}', 'process.json {}', 'a.json {}', 'b/1.ndjson:1 {}', 'b/2.json {}'],
    ])
  })

  it('without documents is told', async () => {
    await folder.write('notes.txt', 'x')
    const [found] = await read([folder.path])
    expect(found).toHaveProperty('problem.rule', 'must hold a file named *.json or *.ndjson')
  })

  it('with a link that leads nowhere goes on', async () => {
    await symlink('nowhere', join(folder.path, 'a.json'))
    await folder.write('b.json', '{}')
    expect(told(await read([folder.path]))).toEqual([
      'a.json: must be a file or folder that can be read, got ENOENT: no such file or directory',
      'b.json {}',
    ])
  })
})

describe('standard input', () => {
  it('holds one document a line, however it is cut into chunks', async () => {
    const stdin = input('{"a"', ':1}\n{"a":2}', '\n', '{"a":', '3}')
    expect(told(await read(['-'], { stdin }))).toEqual(['stdin:1 {"a":1}', 'stdin:2 {"a":2}', 'stdin:3 {"a":3}'])
  })

  it('holds one document of many lines where the first line only begins one', async () => {
    expect(told(await read(['-'], { stdin: input('{\n  "a": [\n', '1]\n}\n') }))).toEqual(['stdin {"a":[1]}'])
  })

  it('goes on after a first line that is no JSON', async () => {
    expect(told(await read(['-'], { stdin: input('nul\n{}\n') }))).toEqual([
      'stdin:1: must be JSON: invalid symbol at column 1',
      'stdin:2 {}',
    ])
  })

  it('splits no character of several bytes', async () => {
    const bytes = Buffer.from('{"a":"ü"}\n')
    const stdin = input(bytes.subarray(0, 7), bytes.subarray(7))
    expect(told(await read(['-'], { stdin }))).toEqual(['stdin:1 {"a":"ü"}'])
  })

  it.each([
    ['nothing', [], 'stdin: must hold a document: it is empty'],
    ['blanks', ['\n', ' \n'], 'stdin: must hold a document: it is empty'],
  ])('with %s is told', async (_, chunks, line) => {
    expect(told(await read(['-'], { stdin: input(...chunks) }))).toEqual([line])
  })

  it('that is too large is told with its size, in either form', async () => {
    const large = ' '.repeat(11 * 1024 * 1024)
    expect(told(await read(['-'], { stdin: input('{\n', large) }))).toEqual([
      'stdin: must be at most 10 MiB large, got 11 MiB',
    ])
    expect(told(await read(['-'], { stdin: input(large, '\n{}') }))).toEqual([
      'stdin:1: must be at most 10 MiB large, got 11 MiB',
      'stdin:2 {}',
    ])
  })

  it('that has nothing to say ends when the reading is called off', async () => {
    const stop = new AbortController()
    const reading = read(['-', folder.path], { stdin: new Readable({ read() {} }), signal: stop.signal })
    stop.abort()
    expect(await reading).toEqual([])
  })
})
