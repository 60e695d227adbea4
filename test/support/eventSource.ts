/** An event of an event stream (WHATWG HTML, 9.2). */
export interface StreamEvent {
  readonly id: string
  /** `message` where the stream names none. */
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: what comes is what the test asks for
  readonly data: any
}

/** An event stream as it is read, line by line; it does not come back by itself. */
export interface EventReader {
  readonly response: Response
  /** The next event; undefined: the stream has ended, or was cut. */
  next(): Promise<StreamEvent | undefined>
  /** Goes on to the first event that fits, and gives all up to it. */
  until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent[]>
  stop(): void
}

export async function openEvents(url: string, headers: { [name: string]: string } = {}): Promise<EventReader> {
  const ending = new AbortController()
  const response = await fetch(url, { headers, signal: ending.signal })
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  async function next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const event = eventOf(block)
        if (event !== undefined) return event
        continue
      }
      const chunk = await chunks?.read().catch(() => undefined)
      if (chunk?.value === undefined) return undefined
      text += chunk.value
    }
  }
  return {
    response,
    next,
    async until(fits) {
      const events: StreamEvent[] = []
      for (;;) {
        const event = await next()
        if (event === undefined) throw new Error(`The stream ended after ${JSON.stringify(events.at(-1))}`)
        events.push(event)
        if (fits(event)) return events
      }
    },
    stop: () => ending.abort(),
  }
}

function eventOf(block: string): StreamEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  return { id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data: JSON.parse(data) }
}
