import type { Answer } from './answers.ts'

const MAY_KEEP = { 'cache-control': 'private, no-cache', vary: 'accept, authorization, origin' }

/** What the head of an answer that is kept says beside its content type: what was got with GET may be kept by its client, too, which asks whether it still holds. */
export function answerHead(method: string | undefined, { tag }: Answer): { [name: string]: string } {
  return method === 'GET' ? { etag: tag, ...MAY_KEEP } : {}
}

/** Whether the client has these very bytes already (RFC 9110, 13.1.2). */
export function isUnchanged(method: string | undefined, ifNoneMatch: string | undefined, { tag }: Answer): boolean {
  return method === 'GET' && ifNoneMatch !== undefined && (ifNoneMatch === '*' || ifNoneMatch.includes(tag))
}
