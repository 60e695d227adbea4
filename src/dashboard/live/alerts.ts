import { createSignal } from 'solid-js'

/** Ways to be told of an arrival beside the page itself. Each reader's own, kept in this browser. */
export type AlertName = 'sound' | 'notification'

const nameOf = (alert: AlertName) => `parley.alert.${alert}`
const kept = (alert: AlertName) => localStorage.getItem(nameOf(alert)) === 'on'

const [alerts, setAlerts] = createSignal({ sound: kept('sound'), notification: kept('notification') })

export { alerts }

/** Switches one on or off. A notification is only on if the reader lets the browser show it. */
export async function switchAlert(alert: AlertName, on: boolean): Promise<void> {
  const isOn = on && (alert !== 'notification' || (await Notification.requestPermission()) === 'granted')
  localStorage.setItem(nameOf(alert), isOn ? 'on' : 'off')
  setAlerts((before) => ({ ...before, [alert]: isOn }))
  // Browsers let a page make a sound only after somebody has done something on it: this is that moment.
  if (isOn && alert === 'sound') chime()
}

/** Tells of an arrival in the ways that are switched on. @param tag one notification a development */
export function alertOf(words: string, tag: string): void {
  if (alerts().sound) chime()
  if (alerts().notification && document.hidden) new Notification('Parley', { body: words, tag })
}

let audio: AudioContext | undefined

/** Two short, soft tones. */
function chime(): void {
  audio ??= new AudioContext()
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
