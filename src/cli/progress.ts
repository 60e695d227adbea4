/** Keeps one line on a terminal up to date, and nothing anywhere else. */
export interface Progress {
  show(text: string): void
  /** Prints a line above it. */
  print(line: string): void
  end(): void
}

const INTERVAL = 100

export function openProgress(stream: NodeJS.WriteStream, now: () => number): Progress {
  let shownAt = Number.NEGATIVE_INFINITY
  const clear = () => stream.isTTY && stream.write('\r\u001b[K')
  return {
    show(text) {
      if (!stream.isTTY || now() - shownAt < INTERVAL) return
      shownAt = now()
      clear()
      stream.write(text.slice(0, stream.columns - 1))
    },
    print(line) {
      clear()
      stream.write(`${line}\n`)
    },
    end: clear,
  }
}
