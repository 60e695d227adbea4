import { z } from 'zod'
import { readGiven } from './config/given.ts'

/** Where the record is kept. */
export interface DatabaseConfig {
  /** Address of a PostgreSQL server; undefined: the embedded one. */
  readonly databaseUrl: string | undefined
  /** Folder of the embedded server. */
  readonly dataDir: string
}

/** Every setting of the server. */
export interface Config extends DatabaseConfig {
  /** Address of a standby of that server, for reading; undefined: there is none. */
  readonly replicaUrl: string | undefined
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
  /** From which level on is logged what happens. */
  readonly logLevel: LogLevel
  /** For how long it serves on after it was told to stop, so that proxies find another one, in milliseconds. */
  readonly leaveMs: number
  /** Where metrics are served to whoever asks; undefined: nowhere, but to operators beside everything else. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** Traces are sent where OTEL_EXPORTER_OTLP_ENDPOINT says. */
  readonly hasTraces: boolean
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

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
  /** The issuer, to the letter, as its tokens name it (`iss`). */
  readonly issuer: string
  /** Whom tokens must be for (`aud`). */
  readonly audience: string
  /** Where the issuer's keys are (RFC 7517); undefined: where its discovery document says. */
  readonly jwksUrl: string | undefined
  /** The claim that holds a viewer's role, or several. */
  readonly roleClaim: string
  /** Which signatures are taken (RFC 7518 names); never `none`, never one that the issuer's public key could make. */
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

const port = z.coerce
  .number('must be a port, 0 to 65535')
  .int('must be a port, 0 to 65535')
  .min(0, 'must be a port, 0 to 65535')
  .max(65_535, 'must be a port, 0 to 65535')

const postgres = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:/.test(text) && URL.canParse(text),
    'must be an address, postgresql://user:password@host:port/database, with special characters of the password percent-encoded',
  )

/** The settings, by name: what is taken, and what holds unless they are set. */
export const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  DATABASE_URL: postgres.optional(),
  PARLEY_REPLICA_URL: postgres.optional(),
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
  PARLEY_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  PARLEY_LEAVE_MS: milliseconds(0, 600_000, 0),
  PARLEY_METRICS_PORT: port.optional(),
  PARLEY_METRICS_HOST: z.string().optional(),
  PARLEY_TRACES: z.enum(['yes', 'no'], 'must be yes or no').optional(),
})

/** What hold an address with a password in it: it is not shown, wherever it comes from. */
const secrets = new Set(['DATABASE_URL', 'PARLEY_REPLICA_URL'])

/** Settings that are of use only together. */
const together: readonly (readonly [set: string, needs: string, why: string])[] = [
  ['PARLEY_JWT_ISSUER', 'PARLEY_JWT_AUDIENCE', 'a token for somebody else must not be taken'],
  ['PARLEY_JWT_AUDIENCE', 'PARLEY_JWT_ISSUER', 'nobody else says whose tokens are taken'],
  ...['PARLEY_JWT_JWKS_URL', 'PARLEY_JWT_ROLE_CLAIM', 'PARLEY_JWT_ALGORITHMS', 'PARLEY_JWT_SKEW_S'].map(
    (name) => [name, 'PARLEY_JWT_ISSUER', 'it says how that one’s tokens are judged'] as const,
  ),
  ['PARLEY_REPLICA_URL', 'DATABASE_URL', 'it names a standby of that server'],
  ['PARLEY_METRICS_HOST', 'PARLEY_METRICS_PORT', 'metrics are served apart only where that is set'],
]

type Settings = z.output<typeof settings>

const names = Object.keys(settings.shape)

/**
 * Reads where the record is kept from the environment, for commands that need no more. Throws a ConfigError that lists
 * every problem.
 */
export function databaseConfig(env: NodeJS.ProcessEnv): DatabaseConfig {
  const wanted = { DATABASE_URL: true, PARLEY_DATA_DIR: true } as const
  const data = readSettings(env, settings.pick(wanted), Object.keys(wanted))
  return { databaseUrl: data.DATABASE_URL, dataDir: data.PARLEY_DATA_DIR }
}

/** Reads all settings from the environment. Throws a ConfigError that lists every problem. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const data = readSettings(env, settings, names)
  return {
    databaseUrl: data.DATABASE_URL,
    replicaUrl: data.PARLEY_REPLICA_URL,
    dataDir: data.PARLEY_DATA_DIR,
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
    logLevel: data.PARLEY_LOG_LEVEL,
    leaveMs: data.PARLEY_LEAVE_MS,
    metrics:
      data.PARLEY_METRICS_PORT === undefined
        ? undefined
        : { host: data.PARLEY_METRICS_HOST ?? '127.0.0.1', port: data.PARLEY_METRICS_PORT },
    hasTraces: hasTraces(env, data),
  }
}

/** Reads the settings that are wanted; throws a ConfigError with everything that is wrong with them. */
function readSettings<Wanted extends z.ZodType>(
  env: NodeJS.ProcessEnv,
  wanted: Wanted,
  wantedNames: readonly string[],
): z.output<Wanted> {
  const { values, hidden, problems: lines } = readGiven(env, names, wantedNames)
  const result = wanted.safeParse(values)
  const wrong = (result.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0])
    return hidden.has(name) || secrets.has(name)
      ? `${name} ${message}`
      : `${name} ${message}, got ${JSON.stringify(values[name])}`
  })
  const isGiven = (name: string) => values[name] !== undefined || hidden.has(name)
  const lonely = together
    .filter(([set, needs]) => wantedNames.includes(set) && isGiven(set) && !isGiven(needs))
    .map(([set, needs, why]) => `${set} must not be set without ${needs}: ${why}`)
  const problems = [...wrong, ...lonely, ...lines]
  if (!result.success || problems.length > 0) throw new ConfigError(problems.join('\n'))
  return result.data
}

/** The OpenTelemetry SDK reads where to from its own variables; that it is told is enough to begin. */
function hasTraces(env: NodeJS.ProcessEnv, { PARLEY_TRACES: said }: Settings): boolean {
  if (said !== undefined) return said === 'yes'
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
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
