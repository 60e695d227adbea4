import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTokens, type TokenOptions } from '../../src/transport/token.ts'

type Pair = Awaited<ReturnType<typeof generateKeyPair>>

const AUDIENCE = 'https://parley.example'
const NOW = new Date('2026-11-26T12:00:00Z')
const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

let server: Server
let issuer: string
/** The keys that the issuer shows, by their id. */
let shown: Map<string, Pair>
let named: string | undefined
const errors: unknown[] = []
beforeEach(async () => {
  shown = new Map([['first', await generateKeyPair('RS256')]])
  named = undefined
  errors.length = 0
  server = createServer(async ({ url }, response) => {
    const keys = await Promise.all(
      [...shown].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid })),
    )
    const body = url === '/keys' ? { keys } : { issuer: named ?? issuer, jwks_uri: `${issuer}/keys` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

function open(options: Partial<TokenOptions> = {}) {
  return openTokens({
    ...{ issuer, audience: AUDIENCE, jwksUrl: undefined, roleClaim: 'roles', algorithms: ['RS256', 'ES256'] },
    ...{ skewSeconds: 30, now: () => NOW, log: (error) => errors.push(error) },
    ...options,
  })
}

/** A token as the issuer makes it, but for what is given. */
async function token(
  claims: JWTPayload & { readonly roles?: unknown } = {},
  { alg = 'RS256', kid = 'first', key }: { alg?: string; kid?: string; key?: CryptoKey | Uint8Array } = {},
): Promise<string> {
  const payload = { iss: issuer, aud: AUDIENCE, sub: 'alice', exp: seconds(NOW) + 60, iat: seconds(NOW), ...claims }
  return new SignJWT(payload as JWTPayload)
    .setProtectedHeader({ alg, kid })
    .sign(key ?? (shown.get(kid) as Pair).privateKey)
}

describe('a token', () => {
  it('of the issuer, for us and in time, is known with the highest role that its claim names', async () => {
    const tokens = open()
    const role = async (roles: unknown) => (await tokens.viewer(await token({ roles })))?.scope
    expect((await tokens.viewer(await token()))?.name).toBe('token of alice')
    expect(await role('desk')).toBe('DESK')
    expect(await role(['INGEST', 'other', 'ADMIN'])).toBe('ADMIN')
    expect(await role('profile ingest email')).toBe('INGEST')
    expect(await role(undefined)).toBe('READER')
    expect(await role(['root', 7, null, { admin: true }])).toBe('READER')
    expect(errors).toEqual([])
  })

  it('that anything is wrong with is nobody’s', async () => {
    const tokens = open()
    const stranger = await generateKeyPair('RS256')
    const { publicKey } = shown.get('first') as Pair
    const wrong = {
      'of another issuer': await token({ iss: 'https://elsewhere.example' }),
      'for somebody else': await token({ aud: 'https://elsewhere.example' }),
      'that is over': await token({ exp: seconds(NOW) - 31 }),
      'that is not yet': await token({ nbf: seconds(NOW) + 31 }),
      'that never ends': await token({ exp: undefined }),
      'of nobody': await token({ sub: undefined }),
      'signed by a stranger': await token({}, { key: stranger.privateKey }),
      'with a signature that is not taken': await token(
        {},
        { alg: 'RS384', key: (await generateKeyPair('RS384')).privateKey },
      ),
      'signed with the public key as a secret': await token(
        {},
        { alg: 'HS256', key: new TextEncoder().encode(await exportSPKI(publicKey)) },
      ),
      'without a signature': new UnsecuredJWT({
        iss: issuer,
        aud: AUDIENCE,
        sub: 'alice',
        exp: seconds(NOW) + 60,
        roles: 'ADMIN',
      }).encode(),
      'that was changed': (await token()).replace(
        /\.[\w-]+\./,
        `.${Buffer.from('{"roles":"ADMIN"}').toString('base64url')}.`,
      ),
      'that is none': 'a.b.c',
    }
    const viewers = await Promise.all(Object.values(wrong).map((text) => tokens.viewer(text)))
    expect(Object.fromEntries(Object.keys(wrong).map((what, i) => [what, viewers[i]]))).toEqual(
      Object.fromEntries(Object.keys(wrong).map((what) => [what, null])),
    )
  })

  it('may be late by as much as clocks differ, and its viewer sees nothing from then on', async () => {
    let now = NOW
    const tokens = open({ now: () => now })
    const viewer = await tokens.viewer(await token({ exp: seconds(NOW) - 29, roles: 'DESK' }))
    expect(viewer?.scope).toBe('DESK')
    now = new Date(NOW.getTime() + 2000)
    expect(viewer?.scope).toBeNull()
  })

  it('signed with a key that the issuer has come to show since is known', async () => {
    const tokens = open({ cooldownMs: 0 })
    expect(await tokens.viewer(await token())).not.toBeNull()
    shown.set('second', await generateKeyPair('ES256'))
    expect(await tokens.viewer(await token({}, { alg: 'ES256', kid: 'second' }))).not.toBeNull()
  })

  it('is nobody’s, and said to the operator, while the issuer does not answer or is another one', async () => {
    named = 'https://elsewhere.example'
    const tokens = open()
    expect(await tokens.viewer(await token())).toBeNull()
    expect(String(errors)).toContain('https://elsewhere.example')
    // As soon as it does, it is known.
    named = undefined
    expect(await tokens.viewer(await token())).not.toBeNull()
  })
})
