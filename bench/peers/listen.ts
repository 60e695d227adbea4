import pg from 'pg'

/** Where the writer commits to, and the channel on which it notifies. */
export const databaseUrl = process.env.DATABASE_URL as string
export const channel = 'developments'

/** Calls back with the payload of every NOTIFY. */
export async function listen(onPayload: (payload: string) => void): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  client.on('notification', ({ payload }) => onPayload(payload as string))
  await client.query(`listen ${channel}`)
}

/** Says where a peer answers; it ends with the benchmark. */
export function ready(port: number): void {
  process.on('disconnect', () => process.exit())
  console.log(`Ready at http://127.0.0.1:${port}/graphql`)
}
