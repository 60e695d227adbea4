/** Keeps one line on a terminal up to date, and nothing anywhere else. */
export interface Progress {
  /** `done`: the share of the work that is done, 0 to 1, shown as a bar; undefined: unknown. */
  show(text: string, done?: number): void
  /** Prints a line above it. */
  print(line: string): void
  end(): void
}

const INTERVAL = 100

export function openProgress(stream: NodeJS.WriteStream, now: () => number): Progress {
  let shownAt = Number.NEGATIVE_INFINITY
  const clear = () => stream.isTTY && stream.write('\r\u001b[K')
  return {
    show(text, done) {
      if (!stream.isTTY || now() - shownAt < INTERVAL) return
      shownAt = now()
      clear()
      const bar = done === undefined ? '' : `${barOf(done)} `
      stream.write(`${bar}${text}`.slice(0, stream.columns - 1))
    },
    print(line) {
      clear()
      stream.write(`${line}\n`)
    },
    end: clear,
  }
}

const WIDTH = 24

function barOf(done: number): string {
  const full = Math.round(Math.min(1, done) * WIDTH)
  return `[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${Math.floor(Math.min(1, done) * 100)} %`
}
