import { createSignal } from 'solid-js'

/** Ways to be told of an arrival beside the page itself. Each reader's own, kept in this browser. */
export type AlertName = 'sound' | 'notification'

/** A sound that could not be made for so long is not made any more, in milliseconds: it would tell of nothing new. */
const LATE_MS = 1000

const nameOf = (alert: AlertName) => `parley.alert.${alert}`
const kept = (alert: AlertName) => localStorage.getItem(nameOf(alert)) === 'on'

/** Whether this browser has notifications for a page that nobody has installed. */
export const canNotify = 'Notification' in window

// What the reader has forbidden in the browser since is off, whatever was chosen here.
const [alerts, setAlerts] = createSignal({
  sound: kept('sound'),
  notification: kept('notification') && canNotify && Notification.permission === 'granted',
})

export { alerts }

/** Switches one on or off, and shows what it is like. A notification is only on if the browser shows it. */
export async function switchAlert(alert: AlertName, on: boolean): Promise<void> {
  const isOn = on && (alert === 'sound' || (await isAllowed()))
  localStorage.setItem(nameOf(alert), isOn ? 'on' : 'off')
  setAlerts((before) => ({ ...before, [alert]: isOn }))
  if (isOn && alert === 'sound') void chime()
}

/** Tells of an arrival in the ways that are switched on; by a notification only whoever is elsewhere. */
export function alertOf(words: string): void {
  if (alerts().sound) void chime()
  if (alerts().notification && !document.hasFocus()) notify(words)
}

async function isAllowed(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted' && notify('So you are told of arrivals.')
}

/** Returns whether it can be shown. */
function notify(body: string): boolean {
  try {
    const shown = new Notification('Parley', { body })
    shown.addEventListener('click', () => {
      window.focus()
      shown.close()
    })
    return true
  } catch {
    // Browsers of telephones have the class, and leave it to pages that are installed.
    return false
  }
}

let audio: AudioContext | undefined

/** Two short, soft tones. */
async function chime(): Promise<void> {
  audio ??= new AudioContext()
  const asked = performance.now()
  // Waits for the reader's first touch of the page: before that browsers let it make no sound.
  await audio.resume()
  if (performance.now() - asked > LATE_MS) return
  const { currentTime, destination } = audio
  for (const [i, frequency] of [660, 880].entries()) {
    const tone = new OscillatorNode(audio, { frequency })
    const begin = currentTime + i * 0.12
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueAtTime(0.08, begin)
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.25)
    tone.connect(volume).connect(destination)
    tone.start(begin)
    tone.stop(begin + 0.3)
  }
}
