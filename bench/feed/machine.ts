import { cpus, release, totalmem } from 'node:os'
import { installed } from './peers.ts'

/** On what a table was made: its date and the machine. */
export function hardware(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${new Date().toISOString().slice(0, 10)}: ${processors.length} × ${processors[0]?.model.trim()}, ${memory} GB, Linux ${release()}`
}

/** On what and with what a table was made, beside other servers. */
export function machine(postgresql: string): string {
  const names = ['graphql-yoga', 'graphql-ws', 'ws', 'mercurius', 'postgraphile']
  return [
    `${hardware()}, loopback.`,
    `Node ${process.versions.node}, PostgreSQL ${postgresql}, ${names.map((name) => `${name} ${installed(name)}`).join(', ')};`,
    `PostGraphile on Node ${installed(`node-linux-${process.arch}`)}.`,
  ].join('\n')
}
