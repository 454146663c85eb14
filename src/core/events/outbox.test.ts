// X5: a state change, its event and its audit entry are one transaction: all of them or none.
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { updateCustomer } from '#core/customers/update-customer.ts'
import type { Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import type { PaymentOutcome } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { type Bought, buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo, withProcessor } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let bought: Bought
/** Of a renewal that waits for its outcome. */
let payment: Payment

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  bought = await buy(world, plan({}, { license_key_enabled: true }))
})

async function beginRenewal() {
  await skipTo(world, '2026-02-28T10:00:00Z')
  const silent = await withProcessor(world, () => ({ charge: () => Promise.reject(new Error('cut off')) }))
  await renewSubscription(silent, bought.subscription_id)
  payment = (await rowsOf(world, 'payments')).at(-1) as Payment
}

interface Deed {
  name: string
  prepare?: () => Promise<unknown>
  act: (ctx: BusinessCtx) => Promise<unknown>
  /** The row that changes, and whose id event and audit entry name. */
  row: () => { table: 'subscriptions' | 'payments' | 'customers' | 'access_links'; column: string; id?: string }
  event: string | null
  audit: string
}

const onSubscription = () =>
  ({ table: 'subscriptions', column: 'subscription_id', id: bought.subscription_id }) as const
const onPayment = () => ({ table: 'payments', column: 'payment_id', id: payment.payment_id }) as const
const succeeded: PaymentOutcome = { status: 'succeeded', reference: 'x', method: null }
const declined: PaymentOutcome = { status: 'declined', reference: null, code: 'EXPIRED_CARD', message: null }
const cancelAt = (timing: 'now' | 'at_next_billing_date') => (ctx: BusinessCtx) =>
  cancelSubscription(ctx, bought.subscription_id, { timing })

const deeds: Deed[] = [
  {
    name: 'cancelling at the next billing date',
    act: cancelAt('at_next_billing_date'),
    row: onSubscription,
    event: 'subscription.updated',
    audit: 'subscription.cancellation_scheduled',
  },
  {
    name: 'cancelling now',
    act: cancelAt('now'),
    row: onSubscription,
    event: 'subscription.cancelled',
    audit: 'subscription.cancelled',
  },
  {
    name: 'taking a cancellation back',
    prepare: async () => cancelAt('at_next_billing_date')(await world.fresh()),
    act: (ctx) => revokeCancellation(ctx, bought.subscription_id),
    row: onSubscription,
    event: 'subscription.updated',
    audit: 'subscription.cancellation_revoked',
  },
  {
    name: 'updating a subscription',
    act: (ctx) => updateSubscription(ctx, bought.subscription_id, { metadata: { note: 'x' } }),
    row: onSubscription,
    event: 'subscription.updated',
    audit: 'subscription.updated',
  },
  {
    name: 'a payment that succeeds',
    prepare: beginRenewal,
    act: (ctx) => settlePayment(ctx, payment.payment_id, succeeded),
    row: onPayment,
    event: 'payment.succeeded',
    audit: 'payment.succeeded',
  },
  {
    name: 'a payment that fails',
    prepare: beginRenewal,
    act: (ctx) => settlePayment(ctx, payment.payment_id, declined),
    row: onPayment,
    event: 'payment.failed',
    audit: 'payment.failed',
  },
  {
    name: 'a hold',
    prepare: beginRenewal,
    act: (ctx) => settlePayment(ctx, payment.payment_id, declined),
    row: onSubscription,
    event: 'subscription.on_hold',
    audit: 'subscription.on_hold',
  },
  {
    name: 'updating a customer',
    act: (ctx) => updateCustomer(ctx, bought.customer_id, { name: 'M.' }),
    row: () => ({ table: 'customers', column: 'customer_id', id: bought.customer_id }),
    event: null,
    audit: 'customer.updated',
  },
  {
    name: 'inviting a customer',
    act: (ctx) => createInvite(ctx, { customer_id: bought.customer_id, send_email: true }),
    row: () => ({ table: 'access_links', column: 'link_id' }),
    event: 'access_link.invited',
    audit: 'access_link.created',
  },
]

/** Everything there is, as it stands. */
async function everything() {
  const tables = [
    'subscriptions',
    'payments',
    'dues',
    'invoices',
    'invoice_counters',
    'license_keys',
    'customers',
  ] as const
  const traces = ['events', 'audit_entries', 'refunds', 'access_links', 'subscription_periods', 'emails'] as const
  const rows: Record<string, unknown> = {}
  for (const table of [...tables, ...traces]) rows[table] = await rowsOf(world, table)
  return rows
}

/** The transactions that last wrote the rows. */
async function writers(table: string, where: Record<string, string | undefined>): Promise<string[]> {
  const ctx = await world.fresh()
  const given = Object.entries({ ...where, business_id: world.business_id }).filter(([, value]) => value !== undefined)
  const conditions = given.map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  const { rows } = await sql<{ xmin: string }>`
    select xmin::text from ${sql.table(table)}
    where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)} order by xmin::text::bigint
  `.execute(ctx.db)
  return rows.map(({ xmin }) => xmin)
}

test.each(deeds)('$name', async ({ prepare, act, row, event, audit }) => {
  await prepare?.()
  const before = await everything()
  const undone = inTransaction(await world.fresh(), async (ctx) => {
    await act(ctx)
    throw new Error('rolled back')
  })
  await expect(undone).rejects.toThrow('rolled back')
  expect(await everything()).toEqual(before)

  await act(await world.fresh())
  const { table, column, id } = row()
  const [writer] = (await writers(table, { [column]: id })).slice(-1)
  expect(writer).toBeDefined()
  expect((await writers('audit_entries', { action: audit, resource_id: id })).at(-1)).toBe(writer)
  if (event !== null) expect((await writers('events', { type: event, resource_id: id })).at(-1)).toBe(writer)
})
