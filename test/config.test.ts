import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, databaseConfig, readConfig } from '../src/config.ts'
import { type Folder, makeFolder } from './support/folder.ts'

let folder: Folder
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

function problemsOf(read: (env: NodeJS.ProcessEnv) => unknown, env: NodeJS.ProcessEnv): string[] {
  try {
    read(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n')
  }
}

describe('the settings', () => {
  it('hold without any', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4000, databaseUrl: undefined, logLevel: 'info' })
    expect(readConfig({ PORT: '', PARLEY_TRACES: '' })).toEqual(readConfig({}))
  })

  it('that are wrong are all told at once: each by itself, with each other, and misspelt', () => {
    const env = {
      ...{ PORT: '70000', PARLEY_LOG_LEVEL: 'loud', PARLEY_JWT_ISSUER: 'https://issuer.example' },
      ...{ PARLEY_JWT_SKEW_S: '301', PARLEY_METRICS_HOST: '::', PARLEY_HARTBEAT_MS: '100' },
      PARLEY_REPLICA_URL: 'postgresql://127.0.0.1/parley',
    }
    expect(problemsOf(readConfig, env)).toEqual([
      'PORT must be a port, 0 to 65535, got "70000"',
      'PARLEY_JWT_SKEW_S must be a number of seconds from 0 to 300, got "301"',
      'PARLEY_LOG_LEVEL must be one of debug, info, warn, error, silent, got "loud"',
      'PARLEY_JWT_ISSUER must not be set without PARLEY_JWT_AUDIENCE: a token for somebody else must not be taken',
      'PARLEY_REPLICA_URL must not be set without DATABASE_URL: it names a standby of that server',
      'PARLEY_METRICS_HOST must not be set without PARLEY_METRICS_PORT: metrics are served apart only where that is set',
      'PARLEY_HARTBEAT_MS is no setting: did you mean PARLEY_HEARTBEAT_MS?',
    ])
  })

  it('may come from files, all but the line end', async () => {
    const url = 'postgresql://parley:se%0Acret@127.0.0.1/parley'
    const file = await folder.write('url', `${url}\n`)
    const port = await folder.write('port', '5000\r\n')
    expect(readConfig({ DATABASE_URL_FILE: file, PORT_FILE: port })).toMatchObject({ databaseUrl: url, port: 5000 })
    expect(databaseConfig({ DATABASE_URL_FILE: file })).toEqual({ databaseUrl: url, dataDir: '.data' })
  })

  it('are refused from files that cannot be read, that are empty, and beside a variable', async () => {
    const empty = await folder.write('empty', '\n')
    const url = await folder.write('other', 'postgresql://parley@127.0.0.1/parley')
    const env = { DATABASE_URL: 'postgresql://x/y', DATABASE_URL_FILE: url, PORT_FILE: empty, HOST_FILE: folder.path }
    const expected = [
      `HOST_FILE must be a file that can be read (EISDIR), got ${JSON.stringify(folder.path)}`,
      `PORT_FILE must be a file with something in it, got ${JSON.stringify(empty)}`,
      'DATABASE_URL and DATABASE_URL_FILE are both set: leave one of them out',
    ]
    expect(problemsOf(readConfig, env)).toEqual(expected)
    expect(problemsOf(databaseConfig, env)).toEqual(expected.slice(2))
  })

  it('are told without their values where these are secrets', async () => {
    const file = await folder.write('secret', 'postgres//parley:hunter2@127.0.0.1')
    for (const env of [
      { DATABASE_URL_FILE: file },
      { DATABASE_URL: 'parley:hunter2@host:port' },
      { DATABASE_URL: 'postgresql://127.0.0.1/parley', PARLEY_REPLICA_URL: 'parley:hunter2@host:port' },
      { PORT_FILE: file },
    ]) {
      const problems = problemsOf(readConfig, env)
      expect(problems).toEqual([expect.stringMatching(/^(DATABASE_URL|PARLEY_REPLICA_URL|PORT) must be/)])
      expect(problems.join()).not.toContain('hunter2')
    }
  })

  it('of commands are those of the record, and what is misspelt is told to them too', () => {
    expect(databaseConfig({ PORT: 'web', PARLEY_DATA_DIR: 'elsewhere' })).toMatchObject({ dataDir: 'elsewhere' })
    expect(problemsOf(databaseConfig, { PARLEY_DATADIR: 'elsewhere' })).toEqual([
      'PARLEY_DATADIR is no setting: did you mean PARLEY_DATA_DIR?',
    ])
  })

  it('are not what Kubernetes tells of a service of this name', () => {
    const env = {
      ...{ PARLEY_SERVICE_HOST: '10.0.0.1', PARLEY_SERVICE_PORT: '80', PARLEY_SERVICE_PORT_HTTP: '80' },
      ...{ PARLEY_PORT: 'tcp://10.0.0.1:80', PARLEY_PORT_80_TCP: 'tcp://10.0.0.1:80', PARLEY_PORT_80_TCP_PROTO: 'tcp' },
    }
    expect(readConfig(env)).toEqual(readConfig({}))
    expect(problemsOf(readConfig, { PARLEY_PORT: '4001' })).toEqual([
      expect.stringMatching(/^PARLEY_PORT is no setting/),
    ])
  })

  it('have traces where OpenTelemetry is told where to send them, unless told otherwise', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4318'
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT }).hasTraces).toBe(true)
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, PARLEY_TRACES: 'no' }).hasTraces).toBe(false)
    expect(readConfig({ PARLEY_TRACES: 'yes' }).hasTraces).toBe(true)
  })
})
