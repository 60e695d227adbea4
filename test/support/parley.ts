import { type Command, type Finished, type StartOptions, start } from './command.ts'

/** Parley as `npm start` runs it, in a process of its own. */
export interface Parley {
  readonly command: Command
  /** What it had said when it was ready. */
  readonly said: string
  /** Where it answers GraphQL, as it has printed it. */
  readonly address: string
  ask<Data>(query: string): Promise<Data>
  /** Where its feed ends. */
  head(): Promise<number>
  /** Presses Ctrl-C and waits for its end. */
  stop(): Promise<Finished>
}

/** The GraphQL address that Parley prints when it is ready. */
export function addressIn(said: string): string {
  return /GraphiQL +(\S+)/.exec(said)?.[1] ?? ''
}

export async function ask<Data>(address: string, query: string): Promise<Data> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return ((await response.json()) as { data: Data }).data
}

/** Starts Parley on a free port, with no settings but those given, and waits until it is ready. */
export async function startParley(
  env: NodeJS.ProcessEnv,
  options: Pick<StartOptions, 'fromSource'> = {},
): Promise<Parley> {
  const command = start('main', [], { ...options, env: { PORT: '0', ...env } })
  const said = await command.says('Ctrl-C stops it.')
  const address = addressIn(said)
  return {
    command,
    said,
    address,
    ask: (query) => ask(address, query),
    head: async () =>
      (await ask<{ feedHead: { position: number } }>(address, '{ feedHead { position } }')).feedHead.position,
    async stop() {
      command.child.kill('SIGINT')
      return command.finish()
    },
  }
}
