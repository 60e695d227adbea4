import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../src/config.ts'

const root = new URL('../', import.meta.url)
const text = (file: string) => readFileSync(new URL(file, root), 'utf8')

describe('the Dockerfile', () => {
  const lines = text('Dockerfile').split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))

  it.each(copied)('copies what there is, and what .dockerignore lets in: %s', (path) => {
    expect(existsSync(fileURLToPath(new URL(path, root)))).toBe(true)
    expect(text('.dockerignore').split('\n')).not.toContain(path)
  })

  it('has what the installation builds from before it installs, and what it built afterwards', () => {
    const installs = lines.indexOf('RUN npm ci')
    const there = lines.slice(0, installs).join('\n')
    const { scripts } = JSON.parse(text('package.json'))
    expect(scripts.postinstall).toBe('prisma generate && npm run build:dashboard')
    for (const path of ['prisma', 'vite.config.ts', 'tsconfig.dashboard.json', 'src/client', 'src/dashboard'])
      expect(there).toMatch(new RegExp(`^COPY .*\\b${path}\\b`, 'm'))
    expect(lines).toContain('COPY --from=build --chown=node:node /parley ./')
  })

  it('runs as an ordinary user, with a health check, and without a shell before the server', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last).toContain('USER node')
    expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true)
    expect(last.find((line) => line.startsWith('CMD '))).toBe('CMD ["node", "--import", "tsx", "src/main.ts"]')
  })

  it('keeps at run time every package that src imports', () => {
    const { dependencies } = JSON.parse(text('package.json'))
    expect(Object.keys(dependencies)).toEqual(
      expect.arrayContaining(['tsx', '@prisma/client', '@prisma/adapter-pg', 'pg']),
    )
  })
})

describe('docker-compose.yml', () => {
  const compose = parse(text('docker-compose.yml'))
  const { services, volumes, networks } = compose
  const { postgres, proxy, backup } = services
  const servers = [services['server-1'], services['server-2']]
  const milliseconds = (time: string) => Number.parseInt(time, 10) * 1000

  it('has PostgreSQL, two servers that are alike, a proxy and a backup, each with a health check, started again when it ends', () => {
    expect(Object.keys(services)).toEqual(['postgres', 'server-1', 'server-2', 'proxy', 'backup'])
    expect(servers[0]).toEqual(servers[1])
    for (const service of Object.values<{ healthcheck: object; restart: string }>(services)) {
      expect(service.healthcheck).toHaveProperty('test')
      expect(service.restart).toBe('unless-stopped')
    }
  })

  it('keeps the record and its backups in named volumes and starts what needs PostgreSQL when that is healthy', () => {
    expect(Object.keys(volumes)).toEqual(['postgres', 'backups'])
    // Since 18 the image keeps its data in a folder of that version below it.
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql'])
    expect(backup.volumes).toContain('backups:/backups')
    expect(postgres.healthcheck.test).toContain('pg_isready -U parley -d parley')
    for (const { depends_on } of [...servers, backup])
      expect(depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
  })

  it('gives servers and backup the address of that PostgreSQL, with the same password, unless another one is set', () => {
    const password = postgres.environment.POSTGRES_PASSWORD
    expect(password).toMatch(/^\$\{POSTGRES_PASSWORD:-\w+\}$/)
    for (const { environment } of [...servers, backup]) {
      const [, otherwise] = /^\$\{DATABASE_URL:-(.*)\}$/.exec(environment.DATABASE_URL) ?? []
      const url = new URL((otherwise as string).replace(password, 'secret'))
      expect(url).toMatchObject({
        hostname: 'postgres',
        port: '5432',
        pathname: '/parley',
        username: 'parley',
        password: 'secret',
      })
    }
  })

  it('publishes the proxy only, on the loopback address unless told, and PostgreSQL not even to the proxy', () => {
    const published = Object.keys(services).filter((name) => services[name].ports !== undefined)
    expect(published).toEqual(['proxy'])
    expect(proxy.ports).toEqual([expect.stringMatching(/^\$\{PARLEY_PUBLISH:-127\.0\.0\.1:4000\}:8080$/)])
    expect(networks.database).toEqual({ internal: true })
    const on = (network: string) => Object.keys(services).filter((name) => services[name].networks.includes(network))
    expect(on('database')).toEqual(['postgres', 'server-1', 'server-2', 'backup'])
    expect(on('web')).toEqual(['server-1', 'server-2', 'proxy'])
  })

  it('stops servers and proxy no sooner than they end by themselves', () => {
    for (const { stop_grace_period, environment } of servers)
      expect(milliseconds(stop_grace_period)).toBeGreaterThan(
        environment.PARLEY_LEAVE_MS + 3 * environment.PARLEY_DRAIN_MS,
      )
    const [, hardStop = ''] = /hard-stop-after (\w+)/.exec(text('deploy/haproxy.cfg')) ?? []
    expect(milliseconds(proxy.stop_grace_period)).toBeGreaterThan(milliseconds(hardStop))
  })

  it('gives the proxy its configuration, which finds the servers by their names, and files enough', () => {
    const config = text('deploy/haproxy.cfg')
    expect(proxy.volumes).toEqual(['./deploy/haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro'])
    expect([...config.matchAll(/^ {2}server (\S+) "\$\{\w+-(.*)\}"$/gm)].map(([, ...found]) => found)).toEqual([
      ['server-1', 'server-1:4000'],
      ['server-2', 'server-2:4000'],
    ])
    expect(text('Dockerfile')).toContain('PORT=4000')
    expect(config).toMatch(/^ {2}bind "\$\{\w+-:8080\}"$/m)
    const [, connections] = /maxconn "\$\{\w+-(\d+)\}"/.exec(config) ?? []
    expect(proxy.ulimits.nofile).toBeGreaterThan(2 * Number(connections))
  })

  it('waits longer for a silent follower than any server is silent', () => {
    const config = text('deploy/haproxy.cfg')
    const { heartbeatMs, stallMs } = readConfig({})
    for (const side of ['client', 'server', 'tunnel']) {
      const [, time = ''] = new RegExp(`timeout ${side} (\\w+)`).exec(config) ?? []
      expect(milliseconds(time)).toBeGreaterThan(2 * Math.max(heartbeatMs, stallMs))
    }
  })

  it('mounts only files that there are, and lets no file of secrets into an image or into git', () => {
    const mounted = [proxy, backup]
      .flatMap(({ volumes }) => volumes as string[])
      .filter((path) => path.startsWith('./'))
    expect(mounted).toHaveLength(2)
    for (const path of mounted) expect(existsSync(new URL(path.split(':')[0] as string, root))).toBe(true)
    for (const file of ['.gitignore', '.dockerignore']) expect(text(file).split('\n')).toContain('.env')
  })
})
