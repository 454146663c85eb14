// Redemptions: reserved when an attempt to pay opens, used when it is paid, released when it fails. The discount's row is the last lock.
import { sql } from 'kysely'
import { assertNotUsedUp, assertRedeemable, type DiscountRow } from '#core/discounts/queries.ts'
import { from, owned, update } from '#core/scope.ts'
import type { RedemptionStatus } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Redemption {
  reason_key: string
  customer_id: string
  subscription_id: string | null
}

/**
 * Reserves each discount for a reason, within its limits; what the same reason held besides is released. Reserved already, it stays so.
 * Throws DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED, DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED, and the codes of a discount that has ended.
 */
export async function reserveRedemptions(
  ctx: BusinessCtx,
  discount_ids: readonly string[],
  redemption: Redemption,
): Promise<void> {
  await releaseRedemptions(ctx, redemption.reason_key, discount_ids)
  // One order for everybody, so that no two wait for one another.
  for (const discount_id of [...discount_ids].sort()) await reserve(ctx, discount_id, redemption)
}

async function reserve(ctx: BusinessCtx, discount_id: string, redemption: Redemption): Promise<void> {
  const { reason_key, customer_id, subscription_id } = redemption
  const discount = await from(ctx, 'discounts')
    .selectAll()
    .where('discount_id', '=', discount_id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const own = await from(ctx, 'discount_redemptions')
    .select(['status', 'customer_id'])
    .where('discount_id', '=', discount_id)
    .where('reason_key', '=', reason_key)
    .executeTakeFirst()
  const held = own !== undefined && own.status !== 'released'
  if (!held) {
    if (discount.deleted_at !== null) throw new AppError('INVALID_DISCOUNT_CODE')
    assertRedeemable(discount, ctx.clock.now())
    assertNotUsedUp(discount)
  }
  if (!held || own.customer_id !== customer_id) await assertOftenEnough(ctx, discount, redemption)
  const now = ctx.clock.now()
  const status = own?.status === 'used' ? ('used' as const) : ('reserved' as const)
  const change = { customer_id, subscription_id, status, updated_at: now }
  await ctx.db
    .insertInto('discount_redemptions')
    .values({ ...owned(ctx), discount_id, reason_key, created_at: now, ...change })
    .onConflict((conflict) => conflict.columns(['business_id', 'discount_id', 'reason_key']).doUpdateSet(change))
    .execute()
  if (!held) await count(ctx, discount_id, 1)
}

/** Throws where this customer redeemed it as often as one may; what is held for the reason itself does not count. */
export async function assertOftenEnough(
  ctx: BusinessCtx,
  discount: DiscountRow,
  { customer_id, reason_key }: { customer_id: string; reason_key: string | null },
): Promise<void> {
  const { per_customer_usage_limit, discount_id } = discount
  if (per_customer_usage_limit === null) return
  const { times } = await from(ctx, 'discount_redemptions')
    .select((eb) => eb.fn.countAll<number>().as('times'))
    .where('discount_id', '=', discount_id)
    .where('customer_id', '=', customer_id)
    .where('reason_key', '<>', reason_key ?? '')
    .where('status', '<>', 'released')
    .executeTakeFirstOrThrow()
  if (Number(times) >= per_customer_usage_limit) throw new AppError('DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED')
}

/** The attempt was paid. `late`: money that came after all counts for them too, whatever the limit says by now. */
export async function useRedemptions(
  ctx: BusinessCtx,
  reason_key: string,
  late: readonly string[] = [],
): Promise<void> {
  for (const { discount_id, status } of await listOf(ctx, reason_key, ['reserved', 'released'])) {
    if (status === 'released' && !late.includes(discount_id)) continue
    await setStatus(ctx, discount_id, reason_key, 'used')
    if (status === 'released') await count(ctx, discount_id, 1)
  }
}

/** The attempt failed, or names other discounts now: somebody else may have it. */
export async function releaseRedemptions(
  ctx: BusinessCtx,
  reason_key: string,
  but: readonly string[] = [],
): Promise<void> {
  await release(ctx, reason_key, ['reserved'], but)
}

/** What was paid with it was taken back. */
export async function undoRedemptions(ctx: BusinessCtx, reason_key: string): Promise<void> {
  await release(ctx, reason_key, ['reserved', 'used'], [])
}

async function release(
  ctx: BusinessCtx,
  reason_key: string,
  statuses: readonly RedemptionStatus[],
  but: readonly string[],
): Promise<void> {
  for (const { discount_id } of await listOf(ctx, reason_key, statuses)) {
    if (but.includes(discount_id)) continue
    await setStatus(ctx, discount_id, reason_key, 'released')
    await count(ctx, discount_id, -1)
  }
}

/** Whether a subscription has had this discount before. */
export async function wasRedeemed(ctx: BusinessCtx, subscription_id: string, discount_id: string): Promise<boolean> {
  const before = from(ctx, 'discount_redemptions')
    .select('reason_key')
    .where('discount_id', '=', discount_id)
    .where('subscription_id', '=', subscription_id)
    .where('status', '<>', 'released')
  return (await before.executeTakeFirst()) !== undefined
}

async function listOf(ctx: BusinessCtx, reason_key: string, statuses: readonly RedemptionStatus[]) {
  return from(ctx, 'discount_redemptions')
    .select(['discount_id', 'status'])
    .where('reason_key', '=', reason_key)
    .where('status', 'in', [...statuses])
    .orderBy('discount_id')
    .execute()
}

async function setStatus(
  ctx: BusinessCtx,
  discount_id: string,
  reason_key: string,
  status: 'used' | 'released',
): Promise<void> {
  await update(ctx, 'discount_redemptions')
    .set({ status, updated_at: ctx.clock.now() })
    .where('discount_id', '=', discount_id)
    .where('reason_key', '=', reason_key)
    .execute()
}

async function count(ctx: BusinessCtx, discount_id: string, by: 1 | -1): Promise<void> {
  await update(ctx, 'discounts')
    .set({ times_used: sql<number>`times_used + ${by}` })
    .where('discount_id', '=', discount_id)
    .execute()
}
