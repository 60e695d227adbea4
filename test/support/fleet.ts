import type { Finished } from './command.ts'
import { type Parley, startParley } from './parley.ts'

/** A server of a fleet. */
export interface Member extends Parley {
  readonly port: number
  /** Kills it where it stands (-9), and waits until it is gone. */
  kill(): Promise<void>
  /** Asks it to go, as a supervisor does, and waits for its end. */
  terminate(): Promise<Finished>
}

/** Servers in processes of their own over one database. None of them outlives the fleet, whatever a test comes to. */
export interface Fleet extends AsyncDisposable {
  start(env?: NodeJS.ProcessEnv): Promise<Member>
}

export function openFleet(databaseUrl: string): Fleet {
  const members: Promise<Member>[] = []
  return {
    start(env = {}) {
      const member = startMember({ DATABASE_URL: databaseUrl, ...env })
      members.push(member)
      return member
    },
    async [Symbol.asyncDispose]() {
      for (const started of await Promise.allSettled(members)) {
        if (started.status === 'fulfilled') await started.value.kill()
      }
    },
  }
}

async function startMember(env: NodeJS.ProcessEnv): Promise<Member> {
  const parley = await startParley(env)
  const end = (signal: NodeJS.Signals) => {
    parley.command.child.kill(signal)
    return parley.command.finish()
  }
  return {
    ...parley,
    port: Number(new URL(parley.address).port),
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
  }
}
