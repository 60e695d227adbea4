// npm hands a Ctrl-C on to a program that has had it from the terminal already: two so close together are one.
const ECHO = 1000
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Calls back at the first SIGINT, SIGTERM or SIGHUP, and again when from then on another one ends the process. */
export function onInterrupt(first: (signal: NodeJS.Signals) => void, armed: () => void): void {
  let isFirst = true
  const take = (signal: NodeJS.Signals) => {
    if (!isFirst) return
    isFirst = false
    first(signal)
    const arm = () => {
      for (const signal of signals) process.off(signal, take)
      armed()
    }
    setTimeout(arm, ECHO).unref()
  }
  for (const signal of signals) process.on(signal, take)
}
