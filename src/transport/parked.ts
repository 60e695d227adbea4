/**
 * An iterator for whoever holds a subscription that goes out by another way: it gives nothing, and is done when it is
 * returned. `begin` is called at the first `next`, since what is returned before it must leave nothing behind; what it
 * gives is called at the end. `ended` is called when it is returned, also before it has begun.
 */
export function parked(begin: () => () => void, ended = () => {}): AsyncIterableIterator<never> {
  let end: (() => void) | undefined
  let resolve: ((done: IteratorReturnResult<undefined>) => void) | undefined
  let isDone = false
  const done = { done: true, value: undefined } as const
  const iterator: AsyncIterableIterator<never> = {
    [Symbol.asyncIterator]: () => iterator,
    next() {
      if (isDone) return Promise.resolve(done)
      end ??= begin()
      return new Promise((settle) => {
        resolve = settle
      })
    },
    async return() {
      isDone = true
      end?.()
      end = undefined
      ended()
      resolve?.(done)
      return done
    },
    async throw(error) {
      await iterator.return?.()
      throw error
    },
  }
  return iterator
}
