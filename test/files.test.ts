import { expect, test } from 'vitest'
import { filesOf, read } from './support/files.ts'

/** What may be longer than 300 lines, and why. */
const long: Record<string, string> = {
  'test/ingest/badInput.test.ts': 'one table of all that is refused, to be read from top to bottom',
  'test/ingest/desk.test.ts': 'corrections and retractions act on one record, by one set of acts',
}

const isGenerated = (file: string) =>
  /^src\/store\/prisma\/|^src\/dashboard\/introspection\.d\.ts$|(^|\/)package-lock\.json$/.test(file)
const written = filesOf(
  /\.(tsx?|m?js|json|graphql|sql|prisma|md|ya?ml|css|html|sh)$|^\.ci\/|(^|\/)(Dockerfile|\.\w+)$/,
).filter((file) => !isGenerated(file))
const code = written.filter((file) => /\.(tsx?|m?js|css)$/.test(file))

test('source files are short enough to be read, or say why not', () => {
  const lines = (file: string) => read(file).trimEnd().split('\n').length
  expect(code.filter((file) => lines(file) > 300 && !Object.hasOwn(long, file))).toEqual([])
  expect(Object.keys(long).filter((file) => lines(file) <= 300)).toEqual([])
})

test('nothing was left over that was meant to go: marks, breakpoints, tests that run alone or never', () => {
  // None is written out, so that this file does not find itself.
  const everywhere = /\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b|^(<<<<<<<|>>>>>>>|=======)( |$)/m
  const inCode =
    /\b(debugge[r]|vi\.moc[k])\b|\.onl[y]\(|\b(test|it|describe)\.(ski[p]|tod[o])\(|@ts-(ignor[e]|nochec[k]|expect-erro[r])/
  expect(written.filter((file) => everywhere.test(read(file)))).toEqual([])
  expect(code.filter((file) => inCode.test(read(file)))).toEqual([])
})

test('no file knows the machine on which it was written', () => {
  const machine = /(?<![\w.~:/-])\/(wor[k]|roo[t]|hom[e]|User[s])\/[\w.-]+\//
  expect(written.filter((file) => machine.test(read(file)))).toEqual([])
})

test.each(['package-lock.json', 'bench/package-lock.json'])('%s names no registry', (lockFile) => {
  expect(read(lockFile)).not.toMatch(/"resolved"|https?:\/\/(?!opencollective|github|www\.patreon|tidelift)[\w.-]*npm/)
})
