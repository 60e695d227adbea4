import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Vite would take graphql's ES module while the packages that Node loads take its CommonJS one: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts'],
    // Many of the tests wait for servers and for faults to pass: one a core would leave the cores idle.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
