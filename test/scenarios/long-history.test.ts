// A customer with years behind them is asked for with as many statements as one with months: nothing is read row by row.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFarm, findCustomer, seedCustomer } from '#bench/pages/customers.ts'
import { placesOf } from '#bench/pages/places.ts'
import { loggingConnections } from '#bench/record-visits.ts'
import { createCatalog } from '#bench/seed.ts'
import { signIn } from '#bench/sessions.ts'
import { listHistory } from '#core/billing-history/list-history.ts'
import { from, update } from '#core/scope.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { createTestDatabase } from '#test/support/database.ts'
import { createWorld, type World } from '#test/support/world.ts'

const sizes = {
  small: { subscriptions: 2, payments: 10, keys: 3 },
  large: { subscriptions: 24, payments: 150, keys: 60 },
}

/** Refunds and credits have a statement each on pages that show some; so have the names of plans that were changed to. */
const KINDS = 4
/** The second subscription that is measured: on a page there are two at most. */
const SECOND_METERED = 14
/** Whoever else asks the wallet, what is known of them, and what is owed: where next payments are told of on a page of only some. */
const SHARING_WALLET = 3

let world: World
let drop: () => Promise<void>
let statements = 0

beforeAll(async () => {
  const database = await createTestDatabase()
  const connections = loggingConnections(database.connections, () => {
    statements += 1
  })
  world = await createWorld({ database: { ...database, connections } })
  drop = async () => {
    await connections.pool('test').db.destroy()
    await database.drop()
  }
  const ctx = await world.fresh()
  await createCatalog(ctx)
  await createFarm(ctx)
  for (const [name, size] of Object.entries(sizes)) {
    await seedCustomer(ctx, connections, { name, ...size })
    const { customer_id } = await findCustomer(ctx, name)
    // Every subscription has a share in it.
    const entry = { currency: 'USD', amount: 5000, event_type: 'refund' as const, reason_key: 'test:wallet' }
    await depositToWallet(ctx, customer_id, entry)
  }
})
afterAll(() => drop())

async function visit(name: keyof typeof sizes) {
  const ctx = await world.fresh()
  const owner = await findCustomer(ctx, name)
  const cookie = await signIn(ctx, owner.customer_id)
  const counts: Record<string, number> = {}
  for (const [place, url] of Object.entries(await placesOf(ctx, owner, 1))) {
    statements = 0
    const answer = await world.app.request(url, { headers: { cookie } })
    await answer.text()
    expect({ place, status: answer.status }).toEqual({ place, status: 200 })
    counts[place] = statements
  }
  return counts
}

test('its pages are read by as many statements as those of a short one', async () => {
  const [small, large] = [await visit('small'), await visit('large')]
  const more = Object.entries(large)
    .map(([place, count]) => ({ place, more: count - (small[place] ?? 0) }))
    .filter(({ place, more }) => more > (place === 'usage' ? SECOND_METERED + SHARING_WALLET : KINDS))
  expect(more).toEqual([])
})

test('what they paid for is found by its words, whether a few describe it all or each line has its own', async () => {
  const ctx = await world.fresh()
  const { customer_id } = await findCustomer(ctx, 'large')
  const found = async (search?: string) => {
    const filter = search === undefined ? { customer_id } : { customer_id, search }
    const entries = await listHistory(ctx, filter, { page_number: 0, page_size: 200 })
    return entries.filter(({ entry }) => entry === 'payment').length
  }
  expect(await found('zebra')).toBe(0)
  const lines = await from(ctx, 'dues_lines')
    .select(['dues_id', 'position'])
    .where('customer_id', '=', customer_id)
    .execute()
  expect(new Set(lines.map(({ dues_id }) => dues_id)).size).toBeGreaterThan(100)
  for (const [index, { dues_id, position }] of lines.entries()) {
    await update(ctx, 'dues_lines')
      .set({ description: `Zebra no. ${index} of ${lines.length}` })
      .where('dues_id', '=', dues_id)
      .where('position', '=', position)
      .execute()
  }
  expect(await found('zebra NO. 7 OF')).toBe(1)
  expect(await found('zebra')).toBe(await found())
  expect(await found('lion')).toBe(0)
})
