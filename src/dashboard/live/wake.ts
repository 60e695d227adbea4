import { onCleanup } from 'solid-js'

const LOOK_MS = 10_000
/** Browsers let a hidden page's timers go once a minute: a longer pause was the computer's sleep. */
const ASLEEP_MS = 90_000

/**
 * Tells that the computer was asleep, and since when: its connections may be dead, and nothing would say so for a while.
 */
export function onWake(woken: (asleepSince: Date) => void): void {
  let last = Date.now()
  const look = () => {
    const before = last
    last = Date.now()
    if (last - before > ASLEEP_MS) woken(new Date(before))
  }
  const timer = setInterval(look, LOOK_MS)
  document.addEventListener('visibilitychange', look)
  onCleanup(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
}
