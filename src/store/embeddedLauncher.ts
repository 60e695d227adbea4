import { execFile } from 'node:child_process'
import { chown, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { StartupError } from './startupError.ts'

const run = promisify(execFile)

// "nobody" almost everywhere; also the id that the kernel shows for owners which a user namespace does not know.
const NOBODY = 65534

/** Words to put before a PostgreSQL command so that it runs as a user it accepts; empty when none are needed. */
export type Launcher = string[]

const NAMESPACE: Launcher = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
// Capabilities to enter any folder are kept, for the data may lie where only root may go.
const DROP: Launcher = [
  'setpriv',
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
  '--securebits=+no_setuid_fixup',
  '--',
]

/**
 * How PostgreSQL can be run here. It refuses to run as root, and to make a data folder for a user without a name: both
 * are shown to it as nobody, in a user namespace, where the files stay ours; where namespaces are forbidden, root drops
 * to nobody.
 * @param folder an existing folder that PostgreSQL will write to
 * @param binary a PostgreSQL program, to see that it runs
 * @throws StartupError when no way works
 */
export async function findLauncher(folder: string, binary: string): Promise<Launcher> {
  const uid = process.getuid?.()
  const isRoot = uid === 0
  if (uid === undefined || (!isRoot && hasName())) return []
  for (const launcher of isRoot ? [NAMESPACE, DROP] : [NAMESPACE]) {
    const [command, ...args] = [...launcher, 'sh', '-c', 'test -w "$1" && "$2" --version', 'sh', folder, binary]
    if (await run(command as string, args).catch(() => undefined)) return launcher
  }
  throw new StartupError(
    isRoot
      ? 'PostgreSQL does not run as root, and neither `unshare --user` nor `setpriv` works here: ' +
          'start Parley as an ordinary user, or set DATABASE_URL to a PostgreSQL server'
      : `PostgreSQL does not run as user id ${uid}, which has no entry in /etc/passwd: add one, ` +
          'start Parley as another user, or set DATABASE_URL to a PostgreSQL server',
  )
}

/** Gives an own folder of PostgreSQL's to the user that the launcher makes of us, where that is another one. */
export async function giveFolder(folder: string, launcher: Launcher): Promise<void> {
  if (launcher === DROP && (await stat(folder)).uid !== NOBODY) await chown(folder, NOBODY, NOBODY)
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}
