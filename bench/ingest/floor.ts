// The floor: the SQL of a batch, again and again with new event ids, on as many connections, with nothing around it. A process of its own.
import pg from 'pg'
import type { Statement } from '#bench/record-visits.ts'

export interface FloorInput {
  database_url: string
  connections: number
  recorded: Statement[][]
}

let batches = 0

process.once('message', async ({ database_url, connections, recorded }: FloorInput) => {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: database_url })
      await client.connect()
      return client
    }),
  )
  /** For so many milliseconds; answers how many batches those were. */
  const runFor = async (milliseconds: number): Promise<number> => {
    const end = performance.now() + milliseconds
    const before = batches
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < end) await runOne(client, recorded)
      }),
    )
    return batches - before
  }
  process.on('message', async (milliseconds: number) => process.send?.(await runFor(milliseconds)))
  process.once('disconnect', () => process.exit())
  process.send?.('ready')
})

async function runOne(client: pg.Client, recorded: Statement[][]): Promise<void> {
  const n = batches % recorded.length
  batches += 1
  const renamed = `floor-${process.pid}-${batches}-`
  for (const { text, values } of recorded[n] ?? []) {
    await client.query(
      text,
      values.map((value) => (typeof value === 'string' ? value.replaceAll(`recorded-${n}-`, renamed) : value)),
    )
  }
}
