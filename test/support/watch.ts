// What a page in a browser is made to note of itself, for a test to read later.

/** Has the page note what its connection is said to be, whenever that changes. */
export const watchConnection = `
  connections = []
  new MutationObserver(() => {
    const now = document.querySelector('[data-connection]').dataset.connection
    if (now !== connections.at(-1)) connections.push(now)
  }).observe(document.querySelector('[data-connection]'), { attributeFilter: ['data-connection'] })`

/** Has the page count the tones that it plays, and keep what it notifies of. */
export const watchAlerts = `
  alerts = { tones: 0, notifications: [] }
  const { start } = AudioScheduledSourceNode.prototype
  AudioScheduledSourceNode.prototype.start = function (...times) {
    alerts.tones++
    return start.apply(this, times)
  }
  Notification = class extends Notification {
    constructor(title, options) {
      super(title, options)
      alerts.notifications.push(options.body)
    }
  }`
