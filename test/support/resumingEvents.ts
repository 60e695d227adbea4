import { setTimeout as pause } from 'node:timers/promises'
import { type EventReader, openEvents } from './eventSource.ts'

/** Follows an event stream as an EventSource does: when it ends, it is opened anew after the last event that came. */
export interface ResumingEvents {
  /** The refs of all changes, when there are at least so many. */
  changes(count: number): Promise<string[]>
  stop(): void
}

const RETRY_MS = 20

/** Resolves when it is caught up. Rejects, as an EventSource gives up, at an answer that is no event stream. */
export async function resumingEvents(url: string): Promise<ResumingEvents> {
  const refs: string[] = []
  let isOver = false
  let wake = () => {}
  let failure: Error | undefined
  let lastId = ''
  let stream: EventReader = await open()

  async function open(): Promise<EventReader> {
    const opened = await openEvents(url, lastId === '' ? {} : { 'last-event-id': lastId })
    const type = opened.response.headers.get('content-type')
    if (opened.response.status !== 200 || type !== 'text/event-stream') {
      throw new Error(`No event stream: ${opened.response.status} ${type}`)
    }
    return opened
  }

  async function read(): Promise<void> {
    while (!isOver) {
      for (let event = await stream.next(); event !== undefined; event = await stream.next()) {
        lastId = event.id
        if (event.type === 'message') refs.push(event.data.ref)
        wake()
      }
      await pause(RETRY_MS)
      if (!isOver) stream = await open()
    }
  }

  const [opening] = (await stream.until(({ data }) => data.state === 'CAUGHT_UP')).slice(-1)
  lastId = opening?.id ?? ''
  read().catch((error) => {
    failure = error
    wake()
  })
  return {
    async changes(count) {
      while (refs.length < count && failure === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (failure !== undefined) throw failure
      return refs
    },
    stop() {
      isOver = true
      stream.stop()
    },
  }
}
