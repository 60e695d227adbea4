import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of its own for a test. */
export interface Folder extends AsyncDisposable {
  readonly path: string
  /** Writes a file and returns its path; what is neither text nor bytes is written as JSON. */
  write(name: string, content: unknown): Promise<string>
}

export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'parley-files-'))
  return {
    path,
    async write(name, content) {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      const raw = typeof content === 'string' || content instanceof Uint8Array
      await writeFile(file, raw ? content : JSON.stringify(content))
      return file
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
