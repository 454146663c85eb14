// Writes of dues and payments, and their locks. The order of locks is always checkout, subscription, dues, payment.
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { from, update } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { insertNewRows, insertRows, updateRows } from '#core/together/rows.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
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
  const payment = await together(ctx, lockPayments, payment_id)
  return { payment, dues, subscription }
}

async function lockPayments(ctx: BusinessCtx, ids: readonly string[]): Promise<Payment[]> {
  const rows = await from(ctx, 'payments')
    .selectAll()
    .where(sql<boolean>`payment_id = any(${ids})`)
    .orderBy('payment_id')
    .forUpdate()
    .execute()
  return inOrder(ids, rows, ({ payment_id }) => payment_id).map(orMissing)
}

async function findReferences(ctx: BusinessCtx, payment_id: string): Promise<PaymentReferences | undefined> {
  return from(ctx, 'payments')
    .select(['subscription_id', 'dues_id', 'checkout_id'])
    .where('payment_id', '=', payment_id)
    .executeTakeFirst()
}

export async function lockDues(ctx: BusinessCtx, dues_id: string): Promise<Dues> {
  return together(ctx, lockAllDues, dues_id)
}

async function lockAllDues(ctx: BusinessCtx, ids: readonly string[]): Promise<Dues[]> {
  const rows = await from(ctx, 'dues')
    .selectAll()
    .where(sql<boolean>`dues_id = any(${ids})`)
    .orderBy('dues_id')
    .forUpdate()
    .execute()
  return inOrder(ids, rows, ({ dues_id }) => dues_id).map(orMissing)
}

function orMissing<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('a row that others refer to is not there')
  return row
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
  return together(ctx, updatePayments, { payment_id, ...change, updated_at: ctx.clock.now() })
}

type PaymentChange = Updateable<DB['payments']> & { payment_id: string }

async function updatePayments(ctx: BusinessCtx, changes: readonly PaymentChange[]): Promise<Payment[]> {
  const rows = await updateRows(ctx, 'payments', 'payment_id', changes)
  const ids = changes.map(({ payment_id }) => payment_id)
  return inOrder(ids, rows, ({ payment_id }) => payment_id).map(orMissing)
}

/** Undefined where they are not open. */
export async function closeDues(ctx: BusinessCtx, dues_id: string, status: 'paid' | 'void'): Promise<Dues | undefined> {
  return together(ctx, closeAllDues, { dues_id, status })
}

interface Closing {
  dues_id: string
  status: 'paid' | 'void'
}

async function closeAllDues(ctx: BusinessCtx, closing: readonly Closing[]): Promise<(Dues | undefined)[]> {
  const closed: Dues[] = []
  for (const [status, alike] of Map.groupBy(closing, (one) => one.status)) {
    const rows = await update(ctx, 'dues')
      .set({ status, closed_at: ctx.clock.now(), next_retry_at: null })
      .where(sql<boolean>`dues_id = any(${alike.map(({ dues_id }) => dues_id)})`)
      .where('status', '=', 'open')
      .returningAll()
      .execute()
    closed.push(...rows)
  }
  const ids = closing.map(({ dues_id }) => dues_id)
  return inOrder(ids, closed, ({ dues_id }) => dues_id)
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

export type NewLine = Omit<Insertable<DB['dues_lines']>, 'business_id' | 'dues_id' | 'position' | 'customer_id'>
export type NewDuesDiscount = Omit<Insertable<DB['dues_discounts']>, 'business_id' | 'dues_id' | 'position'>
export type NewDues = Omit<Insertable<DB['dues']>, 'business_id' | 'dues_id' | 'status' | 'created_at'> & {
  lines: NewLine[]
  discounts?: NewDuesDiscount[]
}

/** Writes what is owed, once per reason_key; undefined where it was written before. */
export async function insertDues(ctx: BusinessCtx, owed: NewDues): Promise<Dues | undefined> {
  return together(ctx, insertAllDues, owed)
}

async function insertAllDues(ctx: BusinessCtx, owed: readonly NewDues[]): Promise<(Dues | undefined)[]> {
  const rows = owed.map(({ lines: _, discounts: __, ...columns }) => ({
    dues_id: newId('dues', ctx.wall.now().epochMilliseconds),
    status: 'open' as const,
    created_at: ctx.clock.now(),
    ...columns,
  }))
  const written = await insertNewRows(ctx, 'dues', rows, ['reason_key'])
  const keys = owed.map(({ reason_key }) => reason_key)
  const found = inOrder(keys, written, ({ reason_key }) => reason_key)
  const fresh = owed.flatMap((one, at) => {
    const dues_id = found[at]?.dues_id
    return dues_id === undefined ? [] : [{ ...one, dues_id }]
  })
  await insertLines(ctx, fresh)
  return found
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
  await insertLines(ctx, [{ ...dues, lines, discounts }])
  return dues
}

async function insertLines(
  ctx: BusinessCtx,
  written: readonly (Pick<NewDues, 'customer_id' | 'lines' | 'discounts'> & { dues_id: string })[],
): Promise<void> {
  const numbered = <Row>(dues_id: string, rows: readonly Row[]) =>
    rows.map((row, position) => ({ dues_id, position, ...row }))
  await insertRows(
    ctx,
    'dues_lines',
    written.flatMap(({ dues_id, customer_id, lines }) =>
      numbered(dues_id, lines).map((line) => ({ customer_id, ...line })),
    ),
  )
  await insertRows(
    ctx,
    'dues_discounts',
    written.flatMap(({ dues_id, discounts = [] }) => numbered(dues_id, discounts)),
  )
}
