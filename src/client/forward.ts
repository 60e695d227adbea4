import type { ConnectOptions } from './connectOptions.ts'
import { following } from './following.ts'
import { FollowRefused } from './refused.ts'
import { type Answer, subscribing } from './subscription.ts'

/** A subscription as GraphQL clients hand it on. */
export interface ForwardedRequest {
  readonly query?: string | undefined
  readonly variables?: Record<string, unknown> | undefined
}

/** Who takes the answers. */
export interface AnswerSink {
  next(answer: Answer): void
  error(error: unknown): void
  complete(): void
}

/**
 * Makes what urql's `subscriptionExchange` takes as `forwardSubscription`; observables of other clients fit as well. Each
 * subscription follows as `follow` does and gets its changes exactly as it asked for them. Statuses are not handed on:
 * they are the client's state. What the server refuses is the sink's error.
 */
export function forwardSubscription(options: ConnectOptions) {
  return ({ query = '', variables = {} }: ForwardedRequest) => ({
    subscribe(sink: AnswerSink): { unsubscribe(): void } {
      let close = () => {}
      let isOver = false
      const forward = async () => {
        // Not before `subscribe` has returned: observers do not expect to be told that soon.
        await null
        if (isOver) return
        const followed = following(subscribing({ query, variables }), options, null)
        close = () => void followed.close()
        for (;;) {
          const frame = await followed.next()
          if (frame === undefined) return
          const { data, errors } = frame
          sink.next(errors.length > 0 ? { data, errors } : { data })
        }
      }
      forward().catch((error) => {
        close()
        sink.error(error instanceof FollowRefused ? error.errors : error)
      })
      return {
        unsubscribe() {
          isOver = true
          close()
        },
      }
    },
  })
}
