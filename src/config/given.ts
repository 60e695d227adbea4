import { readFileSync } from 'node:fs'
import { closestMatch } from 'leven'

/** What was given for settings. */
export interface Given {
  /** By the setting's name: from a variable of that name, or from the file that `NAME_FILE` names. */
  readonly values: { readonly [name: string]: string }
  /** The settings whose values are not to be shown: what comes from a file may be a secret. */
  readonly hidden: ReadonlySet<string>
  /** What is wrong with how they were given, one a line. */
  readonly problems: readonly string[]
}

const OURS = /^PARLEY_/
/** As Kubernetes names the ports of a service that is called parley to every container beside it. */
const OF_A_SERVICE = /^PARLEY_(SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP))/

/**
 * Finds what an environment gives for settings, in a variable or in a file. An empty variable counts as unset; a line
 * end at a file's end is none of the value's.
 * @param names every setting there is; of other variables those that begin as ours are taken for misspelt
 * @param wanted those to look for; all unless told
 */
export function readGiven(env: NodeJS.ProcessEnv, names: readonly string[], wanted: readonly string[] = names): Given {
  const values: { [name: string]: string } = {}
  const hidden = new Set<string>()
  const problems: string[] = []
  for (const name of wanted) {
    const value = env[name]
    const path = env[`${name}_FILE`]
    if (path) {
      hidden.add(name)
      if (value) problems.push(`${name} and ${name}_FILE are both set: leave one of them out`)
      else {
        try {
          values[name] = contentOf(path)
        } catch (error) {
          problems.push(`${name}_FILE ${(error as Error).message}, got ${JSON.stringify(path)}`)
        }
      }
    } else if (value) values[name] = value
  }
  return { values, hidden, problems: [...problems, ...misspelt(env, names)] }
}

function contentOf(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new Error(`must be a file that can be read (${(error as NodeJS.ErrnoException).code})`)
  }
  if (text === '') throw new Error('must be a file with something in it')
  return text
}

/** What would be passed over in silence, and then not hold: a setting of ours that there is not. */
function misspelt(env: NodeJS.ProcessEnv, names: readonly string[]): string[] {
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`]))
  return Object.entries(env)
    .filter(([name, value]) => OURS.test(name) && value && !known.has(name) && !isOfAService(name, value))
    .map(([name]) => `${name} is no setting: did you mean ${closestMatch(name, [...known])}?`)
}

function isOfAService(name: string, value: string): boolean {
  return OF_A_SERVICE.test(name) || (name === 'PARLEY_PORT' && /^(tcp|udp):\/\//.test(value))
}
