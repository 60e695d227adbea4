import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

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
  const { services, volumes } = parse(text('docker-compose.yml'))

  it('keeps the record in a named volume and starts the server when PostgreSQL is healthy', () => {
    expect(Object.keys(volumes)).toEqual(['postgres'])
    expect(services.postgres.volumes[0]).toMatch(/^postgres:/)
    expect(services.postgres.healthcheck.test).toContain('pg_isready -U parley -d parley')
    expect(services.server.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
  })

  it('gives the server the address of that PostgreSQL, with the same password', () => {
    const password = services.postgres.environment.POSTGRES_PASSWORD
    const url = new URL(services.server.environment.DATABASE_URL.replace(password, 'secret'))
    expect(url).toMatchObject({
      hostname: 'postgres',
      port: '5432',
      pathname: '/parley',
      username: 'parley',
      password: 'secret',
    })
  })
})
