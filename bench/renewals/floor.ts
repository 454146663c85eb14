// The floor: the SQL of a batch of renewals and of what follows from it, for one batch after the other, with nothing around it but a loop
// for each connection. What names a row is replaced by the next row's name, what names a new row by a new name.
import pg from 'pg'
import { newId } from '#src/ids.ts'
import type { Statement } from './record.ts'
import type { Shop } from './stage.ts'

export interface FloorInput {
  urls: Record<Statement['schema'], string>
  connections: number
  statements: Statement[]
  /** Renewals in them. */
  batch: number
  /** Who was recorded. */
  recorded: Shop[]
  shops: Shop[]
  /** Each shop has subscriptions numbered from 1; the floor takes them from the end, where no worker has come yet. */
  last: number
}

process.once('message', async (input: FloorInput) => {
  const { urls, connections, statements, batch, recorded, shops, last } = input
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => ({
      test: await connect(urls.test),
      sandbox: await connect(urls.sandbox),
    })),
  )
  let taken = 0
  /** Renews for so many milliseconds, leaves nothing half done, and answers how many that were. */
  const renewFor = async (milliseconds: number): Promise<number> => {
    const end = performance.now() + milliseconds
    const before = taken
    const loop = async (own: (typeof clients)[number]) => {
      while (performance.now() < end && (taken + 1) * batch <= last * shops.length) {
        const shop = shops[taken % shops.length] as Shop
        const number = last - batch * Math.floor(taken / shops.length)
        taken += 1
        const rename = renamer(recorded, shop, number)
        for (const { text, values, schema } of statements) await own[schema].query(text, values.map(rename))
      }
    }
    await Promise.all(clients.map(loop))
    return (taken - before) * batch
  }
  process.on('message', async (milliseconds: number) => process.send?.(await renewFor(milliseconds)))
  process.once('disconnect', () => process.exit())
  process.send?.('ready')
})

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  // At the end of a run the database goes first.
  client.on('error', () => {})
  await client.connect()
  return client
}

const NAME = /\b((?:sbx_)?[a-z]{2,4})_([0-9A-Za-z_-]{16,})/g

/** The same name everywhere in one batch; subscriptions are numbered downwards from `number`. */
function renamer(recorded: readonly Shop[], shop: Shop, number: number): (value: unknown) => unknown {
  const made = new Map<string, string>()
  const numbers = new Map<string, number>()
  const numberOf = (seeded: string): number => {
    const own = numbers.get(seeded) ?? number - numbers.size
    numbers.set(seeded, own)
    return own
  }
  for (const one of recorded) made.set(one.business_id, shop.business_id).set(one.product_id, shop.product_id)
  const rename = (old: string, prefix: string, rest: string): string => {
    const known = made.get(old)
    if (known !== undefined) return known
    const seeded = rest.startsWith('0000000')
    const name = seeded ? String(numberOf(rest)).padStart(21, '0') : newId('event').slice(4).padEnd(rest.length, '0')
    made.set(old, `${prefix}_${name}`)
    return `${prefix}_${name}`
  }
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    return typeof value === 'string' ? value.replaceAll(NAME, rename) : value
  }
  return renamed
}
