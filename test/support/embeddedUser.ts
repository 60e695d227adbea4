// A process that opens the embedded PostgreSQL in the folder it is given, tells its address in one line of JSON, and
// leaves when its standard input ends.
import { openEmbedded } from '../../src/store/embedded.ts'
import { StartupError } from '../../src/store/startupError.ts'

try {
  const server = await openEmbedded({
    dataDir: process.argv[2] as string,
    settings: { fsync: 'off' },
    log: (line) => console.error(line),
  })
  console.log(JSON.stringify({ url: server.url }))
  for await (const _ of process.stdin);
  await server.close()
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  console.log(JSON.stringify({ refused: error.message }))
}
