import { defineConfig } from 'prisma/config'

// `prisma generate` asks for a schema engine that the generator in use never calls; without this it would try to
// download one, which fails on a machine without internet.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
