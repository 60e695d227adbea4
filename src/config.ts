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
  /** Whether whoever does not say who it is may read; undefined: nothing was said. */
  readonly publicRead: boolean | undefined
  /** Proxies whose X-Forwarded-For is believed: addresses, networks, or loopback, linklocal, uniquelocal. */
  readonly trustedProxies: readonly string[]
  /** Origins whose pages may ask, beside this server's own. */
  readonly origins: readonly string[]
  readonly limits: LimitsConfig
  /** Only administrators may ask about the schema. */
  readonly hidesSchema: boolean
  /** A JSON file of the only documents that are taken, by their ids; undefined: any is. */
  readonly documentsFile: string | undefined
  /** Undefined: no issuer's tokens are taken. */
  readonly tokens: TokenConfig | undefined
}

/** How much everybody may have of this process: one is a key, or without one an address. */
export interface LimitsConfig {
  /** What one may do in a minute. */
  readonly rates: { readonly reads: number; readonly writes: number; readonly subscribes: number }
  /** How many connections may be open in all. */
  readonly maxConnections: number
  /** How many of one address, and how many WebSockets of one key. */
  readonly maxConnectionsEach: number
  /** How many subscriptions of one. */
  readonly maxSubscriptions: number
}

/** Whose tokens are taken (RFC 7519). */
export interface TokenConfig {
  readonly issuer: string
  readonly audience: string
  /** Where the issuer's keys are; undefined: where its discovery document says. */
  readonly jwksUrl: string | undefined
  /** The claim that holds roles. */
  readonly roleClaim: string
  readonly algorithms: readonly string[]
  /** By how many seconds clocks may differ. */
  readonly skewSeconds: number
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

const count = (otherwise: number) =>
  z.coerce
    .number('must be a whole number from 1')
    .int('must be a whole number from 1')
    .min(1, 'must be a whole number from 1')
    .default(otherwise)

/** Words with commas between them. */
const list = (form: RegExp, rule: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((word) => word.trim()))
    .refine((words) => words.every((word) => form.test(word)), rule)

// Signatures with a key pair only: with a shared secret, whoever has the issuer's public key could make tokens.
const ALGORITHM = /^(RS|PS|ES)(256|384|512)$|^EdDSA$|^Ed25519$/
const ORIGIN = /^https?:\/\/[^\s/?#]+$/
const ADDRESS = /^(loopback|linklocal|uniquelocal|[\d.]+(\/\d+)?|[\da-fA-F:]+(\/\d+)?)$/

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
  PARLEY_PUBLIC_READ: z.enum(['yes', 'no'], 'must be yes or no').optional(),
  PARLEY_TRUSTED_PROXIES: list(
    ADDRESS,
    'must be addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas between them',
  ).optional(),
  PARLEY_ORIGINS: list(
    ORIGIN,
    'must be origins as browsers send them, such as https://news.example, with commas between them',
  ).optional(),
  PARLEY_RATE_READS: count(6000),
  PARLEY_RATE_WRITES: count(600),
  PARLEY_RATE_SUBSCRIBES: count(6000),
  PARLEY_MAX_CONNECTIONS: count(20_000),
  PARLEY_MAX_CONNECTIONS_EACH: count(2000),
  PARLEY_MAX_SUBSCRIPTIONS: count(10_000),
  PARLEY_INTROSPECTION: z.enum(['yes', 'no'], 'must be yes or no').default('yes'),
  PARLEY_DOCUMENTS: z.string().optional(),
  PARLEY_JWT_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an address that begins with http' }).optional(),
  PARLEY_JWT_AUDIENCE: z.string().optional(),
  PARLEY_JWT_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an address that begins with http' }).optional(),
  PARLEY_JWT_ROLE_CLAIM: z.string().default('roles'),
  PARLEY_JWT_ALGORITHMS: list(
    ALGORITHM,
    'must be names of signatures with a key pair, such as RS256,ES256,EdDSA',
  ).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  PARLEY_JWT_SKEW_S: z.coerce
    .number('must be a number of seconds from 0 to 300')
    .int('must be a number of seconds from 0 to 300')
    .min(0, 'must be a number of seconds from 0 to 300')
    .max(300, 'must be a number of seconds from 0 to 300')
    .default(30),
})

type Settings = z.output<typeof settings>

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
  const { PARLEY_JWT_ISSUER: issuer, PARLEY_JWT_AUDIENCE: audience } = data
  if ((issuer === undefined) !== (audience === undefined)) {
    throw new ConfigError(
      'PARLEY_JWT_ISSUER and PARLEY_JWT_AUDIENCE must be set together: a token for somebody else must not be taken',
    )
  }
  return {
    ...databaseConfig(env),
    host: data.HOST,
    port: data.PORT,
    heartbeatMs: data.PARLEY_HEARTBEAT_MS,
    pollMs: data.PARLEY_POLL_MS,
    stallMs: data.PARLEY_STALL_MS,
    drainMs: data.PARLEY_DRAIN_MS,
    maxCost: data.PARLEY_MAX_COST,
    publicRead: data.PARLEY_PUBLIC_READ === undefined ? undefined : data.PARLEY_PUBLIC_READ === 'yes',
    trustedProxies: data.PARLEY_TRUSTED_PROXIES ?? [],
    origins: data.PARLEY_ORIGINS ?? [],
    limits: {
      rates: {
        reads: data.PARLEY_RATE_READS,
        writes: data.PARLEY_RATE_WRITES,
        subscribes: data.PARLEY_RATE_SUBSCRIBES,
      },
      maxConnections: data.PARLEY_MAX_CONNECTIONS,
      maxConnectionsEach: data.PARLEY_MAX_CONNECTIONS_EACH,
      maxSubscriptions: data.PARLEY_MAX_SUBSCRIPTIONS,
    },
    hidesSchema: data.PARLEY_INTROSPECTION === 'no',
    documentsFile: data.PARLEY_DOCUMENTS,
    tokens: tokenConfig(data),
  }
}

function tokenConfig(data: Settings): TokenConfig | undefined {
  const { PARLEY_JWT_ISSUER: issuer, PARLEY_JWT_AUDIENCE: audience } = data
  if (issuer === undefined || audience === undefined) return undefined
  return {
    ...{ issuer, audience },
    jwksUrl: data.PARLEY_JWT_JWKS_URL,
    roleClaim: data.PARLEY_JWT_ROLE_CLAIM,
    algorithms: data.PARLEY_JWT_ALGORITHMS,
    skewSeconds: data.PARLEY_JWT_SKEW_S,
  }
}

/** Whether an address to listen on is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
