import { cpus, release, totalmem } from 'node:os'
import { installed } from './peers.ts'

/** On what and with what a table was made: its date, the machine and the versions. */
export function machine(postgresql: string): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const names = ['graphql-yoga', 'graphql-ws', 'ws', 'mercurius', 'postgraphile']
  return [
    `${new Date().toISOString().slice(0, 10)}: ${processors.length} × ${processors[0]?.model.trim()}, ${memory} GB, Linux ${release()}, loopback.`,
    `Node ${process.versions.node}, PostgreSQL ${postgresql}, ${names.map((name) => `${name} ${installed(name)}`).join(', ')};`,
    `PostGraphile on Node ${installed(`node-linux-${process.arch}`)}.`,
  ].join('\n')
}
