// What a story needs beyond buying: time that passes without anybody working, products bought with more than one line, and the books.
import { type Selectable, sql } from 'kysely'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { createCheckout, type NewCheckout } from '#core/checkout/create-checkout.ts'
import { from, type OwnedTable } from '#core/scope.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { CartItem } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { Processor } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'
import { runDue } from '#worker/loop.ts'
import type { World } from './world.ts'

/** The business's time moves and nothing that is due on the way is done: the worker was down. */
export async function skipTo(world: World, to: string): Promise<void> {
  const ctx = await world.fresh()
  const offset_ms = Temporal.Instant.from(to).epochMilliseconds - ctx.wall.now().epochMilliseconds
  await ctx.db
    .insertInto('test_clocks')
    .values({ business_id: world.business_id, offset_ms })
    .onConflict((conflict) => conflict.column('business_id').doUpdateSet({ offset_ms }))
    .execute()
}

/** Every row of a table that belongs to the world's business, oldest first where it has an age. */
export async function rowsOf<T extends OwnedTable>(world: World, table: T): Promise<Selectable<DB[T]>[]> {
  const rows = (await from(await world.fresh(), table)
    .selectAll()
    // As they were written, whichever index the planner would rather read.
    .orderBy(sql`ctid`)
    .execute()) as Record<string, unknown>[]
  const age = (row: Record<string, unknown>) => String(row.created_at ?? row.recorded_at ?? row.issued_at ?? '')
  return rows.toSorted((a, b) => (age(a) < age(b) ? -1 : age(a) > age(b) ? 1 : 0)) as Selectable<DB[T]>[]
}

/** "active until 2026-03-31": what matters of a subscription, in one line. */
export async function stateOf(world: World, subscription_id: string): Promise<string> {
  const subscription = await getSubscription(await world.fresh(), subscription_id)
  const scheduled = subscription.cancel_at_next_billing_date ? ', ends then' : ''
  return `${subscription.status} until ${subscription.next_billing_date?.toString().slice(0, 10)}${scheduled}`
}

export async function checkoutOf(
  world: World,
  products: readonly { product: ProductFields; quantity?: number }[],
  fields: Omit<NewCheckout, 'product_cart'> = {},
) {
  const ctx = await world.fresh()
  const product_cart: CartItem[] = []
  for (const { product, quantity = 1 } of products) {
    const { product_id } = await createProduct(ctx, product)
    product_cart.push({ product_id, quantity, addons: [], amount: null })
  }
  return createCheckout(ctx, { product_cart, ...fields })
}

export interface Capture {
  key: string
  amount: number
  refunded_amount: number
}

/** The money the sandbox took, and gave back. */
export async function capturesOf(world: World): Promise<Capture[]> {
  return world.database.connections
    .pool('sandbox')
    .db.selectFrom('captures')
    .select(['key', 'amount', 'refunded_amount'])
    .where('business_id', '=', world.business_id)
    .orderBy('captured_at')
    .execute()
}

/** The sandbox with some of its methods replaced. */
export async function withProcessor(
  world: World,
  change: (real: Processor) => Partial<Processor>,
): Promise<BusinessCtx> {
  const ctx = await world.fresh()
  const [real] = ctx.processors
  if (real === undefined) throw new Error('the world has a processor')
  return { ...ctx, processors: [{ ...real, ...change(real) }] }
}

/** Does all due work with a processor that misbehaves. */
export async function workWith(world: World, change: (real: Processor) => Partial<Processor>): Promise<void> {
  const { processors } = await withProcessor(world, change)
  await runDue({ ...world.modes.test.ctx, processors }, world.modes.test.jobs)
}
