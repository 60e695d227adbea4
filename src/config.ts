/** Where the record is kept. */
export interface DatabaseConfig {
  /** Address of a PostgreSQL server; undefined: the embedded one. */
  readonly databaseUrl: string | undefined
  /** Folder of the embedded server. */
  readonly dataDir: string
}

/** Reads where the record is kept from the environment; an empty variable counts as unset. */
export function databaseConfig(env: NodeJS.ProcessEnv): DatabaseConfig {
  return { databaseUrl: env.DATABASE_URL || undefined, dataDir: env.PARLEY_DATA_DIR || '.data' }
}
