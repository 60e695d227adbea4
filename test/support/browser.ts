import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A Chromium of this machine; undefined: there is none. */
export const browser = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].map((folder) => join(folder, name)))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** What keeps it from asking anything of the internet by itself. */
export const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]
