import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import type { TokenConfig } from '../config.ts'
import { type Viewer, type ViewerRole, viewerRoles } from '../feed/viewer.ts'
import type { Credentials } from './identify.ts'

/** What tokens of an OpenID Connect issuer are held against, and with what. */
export interface TokenOptions extends TokenConfig {
  /** How soon the issuer's keys may be asked for again for one that is not known, in milliseconds; 5,000 unless told. */
  readonly cooldownMs?: number
  readonly now: () => Date
  /** Told why a token that seems to be of the issuer could not be judged. */
  readonly log: (error: unknown) => void
}

/** How long the issuer's discovery document may take, in milliseconds. */
const PATIENCE = 5000

/**
 * Knows the viewers that an issuer vouches for (RFC 7519, RFC 9068): its signature, issuer, audience and times are
 * checked, and the role is the highest one that the claim names. A token that names none is a reader's.
 */
export function openTokens(options: TokenOptions): Credentials {
  const { issuer, audience, roleClaim, algorithms, skewSeconds, cooldownMs = 5000, now, log } = options
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined

  async function keySet() {
    keys ??= createRemoteJWKSet(new URL(options.jwksUrl ?? (await discover(issuer))), {
      cooldownDuration: cooldownMs,
    })
    return keys
  }

  return {
    takes: (text) => text.split('.').length === 3,
    async viewer(text) {
      try {
        const { payload } = await jwtVerify(text, await keySet(), {
          ...{ issuer, audience, algorithms: [...algorithms], clockTolerance: skewSeconds, currentDate: now() },
          requiredClaims: ['exp', 'sub'],
        })
        return tokenViewer(payload)
      } catch (error) {
        // A token that does not hold is whoever sends it's business; an issuer that does not answer is the operator's.
        if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout) log(error)
        return null
      }
    },
  }

  function tokenViewer(payload: JWTPayload): Viewer {
    const role = roleIn(payload[roleClaim])
    const until = ((payload.exp as number) + skewSeconds) * 1000
    return {
      name: `token of ${payload.sub}`,
      get scope() {
        return now().getTime() < until ? role : null
      },
    }
  }
}

/** The highest role that a claim names, in either case, alone, in a list or in a text with spaces. */
function roleIn(claim: unknown): ViewerRole {
  const names = (Array.isArray(claim) ? claim : [claim])
    .filter((name) => typeof name === 'string')
    .flatMap((name) => name.toUpperCase().split(/\s+/))
  return viewerRoles.findLast((role) => names.includes(role)) ?? 'READER'
}

/** OpenID Connect Discovery 1.0, 4: where the issuer keeps its keys. */
async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
  const { issuer: named, jwks_uri: jwks } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (named !== issuer) throw new Error(`${address} is of the issuer ${JSON.stringify(named)}, not ${issuer}`)
  if (typeof jwks !== 'string') throw new Error(`${address} has no jwks_uri`)
  return jwks
}
