import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { start } from '../support/command.ts'
import { createDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

const run = (args: string[], fromSource = false) =>
  start('cli/keys', args, { fromSource, env: { DATABASE_URL: database.url } }).finish()
const keys = (...args: string[]) => run(args)

describe('npm run keys', { timeout: 60_000 }, () => {
  it('makes a key, shows it once and alone, lists it without its secret, and revokes it for good', async () => {
    const none = { code: 0, stdout: '', stderr: expect.stringContaining('no keys yet') }
    expect(await run(['list'], true)).toMatchObject(none)
    const made = await keys('add', '--role', 'desk', '--label', 'the night desk', '--days', '30')
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^parley_[0-9a-f]{12}_[\w-]{43}\n$/) })
    const [, id, secret] = made.stdout.trim().split('_') as [string, string, string]
    const listed = await keys('list')
    expect(listed.stdout).toMatch(
      new RegExp(`^${id}  DESK    made \\d{4}-\\d\\d-\\d\\d  expires \\S+  never used  the night desk\n$`),
    )
    expect(listed.stdout).not.toContain(secret)
    expect(await keys('revoke', id)).toMatchObject({ code: 0, stderr: '' })
    expect((await keys('list')).stdout).toContain(`revoked ${new Date().toISOString().slice(0, 10)}`)
    expect(await keys('revoke', id)).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run keys -- list') })
  })

  it('says everything that is wrong with what it is told, and makes nothing', async () => {
    const { code, stdout, stderr } = await keys('add', '--role', 'root', '--label', 'two\nlines', '--days', '0')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    for (const part of ['--role must be one of READER, INGEST, DESK, ADMIN', '--label must be', '--days must be'])
      expect(stderr).toContain(part)
    expect(await keys('sell')).toMatchObject({ code: 2, stderr: expect.stringContaining('Say add, list, or revoke') })
    expect(await keys('add', '--rank', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('--rank') })
  })
})
