import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files whose tests take longest: begun last, each would be waited for alone. */
const longest = [
  'main',
  'embedded',
  'seedOrder',
  'exportRoundTrip',
  'cli/ingest',
  'transport/leak',
  'replaced',
  'outage',
  'crowd',
  'dashboard/look',
  'dashboard/mend',
  'replay',
  'rolling',
  'soak',
  'group',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(`${name}.test.ts`))
    const rankOf = (file: TestSpecification) => (file.project.config.isolate ? 0 : isLong(file) ? 1 : 2)
    // A stable sort. Those in processes of their own come first: a process that others share ends where one of these is next.
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b))
  }
}

/** Files that measure their own process, its memory or what is open in it: they have it to themselves. */
const alone = ['leaks', 'closing', 'slow'].map((name) => `test/{feed,attacks}/${name}.test.ts`)

const each = {
  // Vite would take graphql's ES module while the packages that Node loads take its CommonJS one: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
}
const patience = {
  testTimeout: 20_000,
  // What a hook makes ready, servers and databases, is none of what is tested, and takes its time on a busy machine.
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    projects: [
      { ...each, test: { ...patience, name: 'alone', include: alone } },
      // To load the sources takes longer than most files: once in a process, not once a file, and they stay warm.
      {
        ...each,
        test: { ...patience, name: 'together', include: ['test/**/*.test.ts'], exclude: alone, isolate: false },
      },
    ],
    globalSetup: ['test/support/postgres.ts', 'test/support/dashboard.ts'],
    // Many of the tests wait for servers and for faults to pass: one a core would leave the cores idle.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
})
