import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Services } from '../schema/context.ts'

/** Says only that this process lives. */
export const LIVE_PATH = '/livez'

/** Says whether this server is to be sent requests. */
export const READY_PATH = '/readyz'
/** How long the database may take to answer, in milliseconds. */
const PATIENCE_MS = 2000
/** By how much the tail may be behind, beside two of its own looks, in milliseconds. */
const MOST_BEHIND_MS = 10_000

/** What `/readyz` says: each check by itself, true where it holds. */
export interface Readiness {
  readonly database: boolean
  /** Every migration of this code is applied. */
  readonly migrations: boolean
  /** The feed's tail is connected and not behind. */
  readonly tail: boolean
  /** It was not told to stop. */
  readonly staying: boolean
}

export interface HealthOptions extends Pick<Services, 'database' | 'feed'> {
  /** How often the tail looks by itself, in milliseconds. */
  readonly pollMs: number
  /** It was told to stop: whoever asks whether to send requests is told not to, from that moment on. */
  readonly leaving: AbortSignal
}

/** Answers 200 while everything holds and 503 otherwise; which is which is in the body, and nothing else. */
export function readyPage(
  options: HealthOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const look = readiness(options)
  return async (_request, response) => {
    const checks = await look()
    const isReady = Object.values(checks).every((holds) => holds)
    response.writeHead(isReady ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify({ ready: isReady, ...checks }))
  }
}

function readiness({ database, feed, pollMs, leaving }: HealthOptions): () => Promise<Readiness> {
  let asking: Promise<readonly string[]> | undefined

  /** Undefined: there was no answer in time. One question is under way at a time, however many ask. */
  async function missing(): Promise<readonly string[] | undefined> {
    asking ??= database.missingMigrations().finally(() => {
      asking = undefined
    })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
    })
    try {
      return await Promise.race([asking, late])
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  return async () => {
    const lacking = await missing()
    const { isConnected, delayMs } = feed.standing().tail
    return {
      database: lacking !== undefined,
      migrations: lacking?.length === 0,
      tail: isConnected && delayMs < MOST_BEHIND_MS + 2 * pollMs,
      staying: !leaving.aborted,
    }
  }
}
