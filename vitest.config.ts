import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files whose tests take longest: begun last, each would be waited for alone. */
const longest = [
  'main',
  'embedded',
  'seedOrder',
  'exportRoundTrip',
  'cli/ingest',
  'outage',
  'crowd',
  'leaks',
  'rolling',
  'soak',
  'group',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(`${name}.test.ts`))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  // Vite would take graphql's ES module while the packages that Node loads take its CommonJS one: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts', 'test/support/dashboard.ts'],
    // Many of the tests wait for servers and for faults to pass: one a core would leave the cores idle.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    // What a hook makes ready, servers and databases, is none of what is tested, and takes its time on a busy machine.
    hookTimeout: 60_000,
  },
})
