import { z } from 'zod'

/** Where the record is kept. */
export interface DatabaseConfig {
  /** Address of a PostgreSQL server; undefined: the embedded one. */
  readonly databaseUrl: string | undefined
  /** Folder of the embedded server. */
  readonly dataDir: string
}

/** Every setting of the server. */
export interface Config extends DatabaseConfig {
  readonly host: string
  readonly port: number
  /** How often a quiet subscription hears from the server, in milliseconds. */
  readonly heartbeatMs: number
  /** How often the feed looks for news even if no notice came, in milliseconds. */
  readonly pollMs: number
  /** After how long a follower that takes nothing is sent away, in milliseconds. */
  readonly stallMs: number
  /** How long followers have to take their last item when the server stops, in milliseconds. */
  readonly drainMs: number
  /** What an operation may cost at the most (src/schema/cost.ts says how that is counted). */
  readonly maxCost: number
}

/** Settings that cannot be used: every problem, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const milliseconds = (least: number, most: number, otherwise: number) =>
  z.coerce
    .number(`must be a number of milliseconds from ${least} to ${most}`)
    .int()
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .default(otherwise)

const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number('must be a port, 0 to 65535')
    .int('must be a port, 0 to 65535')
    .min(0, 'must be a port, 0 to 65535')
    .max(65_535, 'must be a port, 0 to 65535')
    .default(4000),
  DATABASE_URL: z.string().optional(),
  PARLEY_DATA_DIR: z.string().default('.data'),
  PARLEY_HEARTBEAT_MS: milliseconds(100, 300_000, 10_000),
  PARLEY_POLL_MS: milliseconds(10, 60_000, 1000),
  PARLEY_STALL_MS: milliseconds(100, 600_000, 30_000),
  PARLEY_DRAIN_MS: milliseconds(0, 60_000, 5000),
  PARLEY_MAX_COST: z.coerce
    .number('must be a whole number from 100')
    .int('must be a whole number from 100')
    .min(100, 'must be a whole number from 100')
    .default(250_000),
})

/** Reads where the record is kept from the environment; an empty variable counts as unset. */
export function databaseConfig(env: NodeJS.ProcessEnv): DatabaseConfig {
  return { databaseUrl: env.DATABASE_URL || undefined, dataDir: env.PARLEY_DATA_DIR || '.data' }
}

/** Reads all settings from the environment; an empty variable counts as unset. Throws a ConfigError that lists every problem. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = settings.safeParse(given)
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return `${name} ${message}, got ${JSON.stringify(given[name])}`
    })
    throw new ConfigError(lines.join('\n'))
  }
  const { data } = result
  return {
    ...databaseConfig(env),
    host: data.HOST,
    port: data.PORT,
    heartbeatMs: data.PARLEY_HEARTBEAT_MS,
    pollMs: data.PARLEY_POLL_MS,
    stallMs: data.PARLEY_STALL_MS,
    drainMs: data.PARLEY_DRAIN_MS,
    maxCost: data.PARLEY_MAX_COST,
  }
}
