// Writes of dues and payments, and their locks. The order of locks is always checkout, subscription, dues, payment.
import { createHash } from 'node:crypto'
import type { Insertable, Updateable } from 'kysely'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { from, owned, update } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import type { BillingAddress, Metadata } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface HeldPayment {
  payment: Payment
  dues: Dues
  subscription: Subscription | undefined
}

/** What a payment is for; it never changes. */
export type PaymentReferences = Pick<Payment, 'subscription_id' | 'dues_id' | 'checkout_id'>

/** Locks a payment and what it pays for, in the one order. `known` saves asking what that is. */
export async function lockPayment(
  ctx: BusinessCtx,
  payment_id: string,
  known?: PaymentReferences,
): Promise<HeldPayment> {
  const found = known ?? (await findReferences(ctx, payment_id))
  if (found === undefined) throw notFound('payment')
  if (found.checkout_id !== null) await lockCheckoutRow(ctx, found.checkout_id)
  const subscription = found.subscription_id === null ? undefined : await lockSubscription(ctx, found.subscription_id)
  const dues = await lockDues(ctx, found.dues_id)
  const payment = await from(ctx, 'payments')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { payment, dues, subscription }
}

async function findReferences(ctx: BusinessCtx, payment_id: string): Promise<PaymentReferences | undefined> {
  return from(ctx, 'payments')
    .select(['subscription_id', 'dues_id', 'checkout_id'])
    .where('payment_id', '=', payment_id)
    .executeTakeFirst()
}

export async function lockDues(ctx: BusinessCtx, dues_id: string): Promise<Dues> {
  return from(ctx, 'dues').selectAll().where('dues_id', '=', dues_id).forUpdate().executeTakeFirstOrThrow()
}

/** Whoever settles and whoever presses Pay again meet here first. */
export async function lockCheckoutRow(ctx: BusinessCtx, checkout_id: string): Promise<void> {
  await from(ctx, 'checkout_sessions')
    .select('checkout_id')
    .where('checkout_id', '=', checkout_id)
    .forUpdate()
    .execute()
}

export async function updatePayment(
  ctx: BusinessCtx,
  payment_id: string,
  change: Updateable<DB['payments']>,
): Promise<Payment> {
  return update(ctx, 'payments')
    .set({ ...change, updated_at: ctx.clock.now() })
    .where('payment_id', '=', payment_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Undefined where they are not open. */
export async function closeDues(ctx: BusinessCtx, dues_id: string, status: 'paid' | 'void'): Promise<Dues | undefined> {
  return update(ctx, 'dues')
    .set({ status, closed_at: ctx.clock.now(), next_retry_at: null })
    .where('dues_id', '=', dues_id)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst()
}

/** The period that dues are for: known when a first one begins, moved where a held one begins late. */
export async function writeDuesPeriod(
  ctx: BusinessCtx,
  dues_id: string,
  period: { start: Temporal.Instant; end: Temporal.Instant },
): Promise<void> {
  await update(ctx, 'dues')
    .set({ period_start: period.start, period_end: period.end })
    .where('dues_id', '=', dues_id)
    .execute()
}

/** What is owed no longer is, but for what was used; a late success of an attempt under way is refunded when it is settled. */
export async function voidDuesOf(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  await update(ctx, 'dues')
    .set({ status: 'void', closed_at: ctx.clock.now(), next_retry_at: null })
    .where('subscription_id', '=', subscription_id)
    .where('status', '=', 'open')
    .where('kind', '!=', 'usage')
    .execute()
}

export type NewLine = Omit<Insertable<DB['dues_lines']>, 'business_id' | 'dues_id' | 'position'>
export type NewDuesDiscount = Omit<Insertable<DB['dues_discounts']>, 'business_id' | 'dues_id' | 'position'>
export type NewDues = Omit<Insertable<DB['dues']>, 'business_id' | 'dues_id' | 'status' | 'created_at'> & {
  lines: NewLine[]
  discounts?: NewDuesDiscount[]
}

/** Writes what is owed, once per reason_key; undefined where it was written before. */
export async function insertDues(
  ctx: BusinessCtx,
  { lines, discounts = [], ...columns }: NewDues,
): Promise<Dues | undefined> {
  const dues = await ctx.db
    .insertInto('dues')
    .values({
      ...owned(ctx),
      dues_id: newId('dues', ctx.wall.now().epochMilliseconds),
      status: 'open',
      created_at: ctx.clock.now(),
      ...columns,
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'reason_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (dues === undefined) return undefined
  await insertLines(ctx, dues.dues_id, lines, discounts)
  return dues
}

/** Open dues as they are owed now; the attempts made before keep what they asked for. */
export async function rewriteDues(ctx: BusinessCtx, { lines, discounts = [], ...columns }: NewDues): Promise<Dues> {
  const dues = await update(ctx, 'dues')
    .set(columns)
    .where('reason_key', '=', columns.reason_key)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirstOrThrow()
  for (const table of ['dues_lines', 'dues_discounts'] as const) {
    await ctx.db
      .deleteFrom(table)
      .where('business_id', '=', ctx.business.business_id)
      .where('dues_id', '=', dues.dues_id)
      .execute()
  }
  await insertLines(ctx, dues.dues_id, lines, discounts)
  return dues
}

async function insertLines(
  ctx: BusinessCtx,
  dues_id: string,
  lines: readonly NewLine[],
  discounts: readonly NewDuesDiscount[],
): Promise<void> {
  await ctx.db
    .insertInto('dues_lines')
    .values(lines.map((line, position) => ({ ...owned(ctx), dues_id, position, ...line })))
    .execute()
  if (discounts.length === 0) return
  await ctx.db
    .insertInto('dues_discounts')
    .values(discounts.map((discount, position) => ({ ...owned(ctx), dues_id, position, ...discount })))
    .execute()
}

export type NewAttempt = Pick<
  Insertable<DB['payments']>,
  | 'payment_method_id'
  | 'processor'
  | 'checkout_id'
  | 'off_session'
  | 'next_check_at'
  | 'origin'
  | 'page_expires_at'
  | 'pay_link_id'
> & { billing: BillingAddress; metadata: Metadata }

/** An attempt to collect dues, numbered from 1: a payment `processing`, whose key can be computed again from a restored backup. */
export async function insertAttempt(ctx: BusinessCtx, dues: Dues, number: number, input: NewAttempt): Promise<Payment> {
  const { billing, metadata, ...attempt } = input
  const now = ctx.clock.now()
  return ctx.db
    .insertInto('payments')
    .values({
      ...owned(ctx),
      payment_id: newId('payment', ctx.wall.now().epochMilliseconds),
      dues_id: dues.dues_id,
      attempt: number,
      status: 'processing',
      customer_id: dues.customer_id,
      subscription_id: dues.subscription_id,
      currency: dues.currency,
      total_amount: leftOf(dues),
      tax: dues.tax,
      processor_key: processorKey(ctx, dues.reason_key, number),
      retry_attempt: isRetry(input.origin) ? (await lastRetry(ctx, dues.dues_id)) + 1 : 0,
      created_at: now,
      updated_at: now,
      billing: json(billing),
      metadata: json(metadata),
      ...attempt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What credit and wallet leave for the payment method; minor units. */
export function leftOf({ total, credit_applied, wallet_applied }: Dues): number {
  return total - credit_applied - wallet_applied
}

export async function lastAttempt(ctx: BusinessCtx, dues_id: string): Promise<number> {
  const { last } = await from(ctx, 'payments')
    .select((eb) => eb.fn.coalesce(eb.fn.max('attempt'), eb.lit(0)).as('last'))
    .where('dues_id', '=', dues_id)
    .executeTakeFirstOrThrow()
  return Number(last)
}

function isRetry(origin: NewAttempt['origin']): boolean {
  return origin === 'automatic_retry' || origin === 'manual_retry'
}

/** How often these dues were asked for again, by hand and by itself. */
async function lastRetry(ctx: BusinessCtx, dues_id: string): Promise<number> {
  const { last } = await from(ctx, 'payments')
    .select((eb) => eb.fn.coalesce(eb.fn.max('retry_attempt'), eb.lit(0)).as('last'))
    .where('dues_id', '=', dues_id)
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** Names one attempt for ever: a hash of mode, business, reason_key and attempt. */
export function processorKey(ctx: BusinessCtx, reason_key: string, attempt: number): string {
  const name = [ctx.mode, ctx.business.business_id, reason_key, attempt].join('\n')
  return `ptc_${createHash('sha256').update(name).digest('hex').slice(0, 40)}`
}
