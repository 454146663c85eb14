// The credit of a subscription: entries are only added, and `credit_balance` is always their sum. Call it with the subscription locked.
import { creditFor } from '#billing/credit.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { from, owned, update } from '#core/scope.ts'
import { addToCreditBalance } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

interface NewEntry {
  /** Says why, so that the same thing is never granted or taken twice. */
  reason_key: string
  amount: number
  gift: boolean
  dues_id: string | null
}

/** Grants what a plan change gives back; the gift is the part beyond what was paid. Minor units. */
export async function grantCredit(
  ctx: BusinessCtx,
  subscription_id: string,
  grant: { reason_key: string; amount: number; gift: number },
): Promise<void> {
  const { reason_key } = grant
  await addEntries(ctx, subscription_id, [
    { reason_key, amount: grant.amount - grant.gift, gift: false, dues_id: null },
    { reason_key: `${reason_key}:gift`, amount: grant.gift, gift: true, dues_id: null },
  ])
}

/**
 * Takes for an attempt to collect dues what the credit can pay of them, gifts first. The dues stay the full total and say how much of
 * it the credit pays.
 */
export async function reserveCredit(ctx: BusinessCtx, dues: Dues, attempt: number, minimum: number): Promise<Dues> {
  if (dues.subscription_id === null) return dues
  const { credit_balance } = await from(ctx, 'subscriptions')
    .select('credit_balance')
    .where('subscription_id', '=', dues.subscription_id)
    .executeTakeFirstOrThrow()
  return take(ctx, dues, `dues:${dues.dues_id}:${attempt}`, creditFor(dues.total, credit_balance, minimum))
}

/** An attempt that was not applied gives back what was reserved for it. */
export async function releaseCredit(ctx: BusinessCtx, dues: Dues, payment: Payment): Promise<void> {
  if (dues.subscription_id === null || dues.credit_applied === 0) return
  const name = `dues:${dues.dues_id}:${payment.attempt}`
  const reserved = await from(ctx, 'credit_entries')
    .select(['reason_key', 'amount', 'gift'])
    .where('dues_id', '=', dues.dues_id)
    .where('reason_key', 'in', [name, `${name}:gift`])
    .execute()
  const released = reserved.map(({ reason_key, amount, gift }) => ({
    reason_key: `${reason_key}:released`,
    amount: -amount,
    gift,
    dues_id: dues.dues_id,
  }))
  await addEntries(ctx, dues.subscription_id, released)
  await setCreditApplied(ctx, dues, 0)
}

/** Money that arrived after a decline: the credit released then is taken again. */
export async function retakeCredit(ctx: BusinessCtx, dues: Dues, payment: Payment): Promise<void> {
  const missing = dues.total - dues.credit_applied - payment.total_amount
  if (missing > 0) await take(ctx, dues, `dues:${dues.dues_id}:${payment.attempt}:late`, missing)
}

async function take(ctx: BusinessCtx, dues: Dues, reason_key: string, amount: number): Promise<Dues> {
  const { dues_id, subscription_id } = dues
  if (amount === 0 || subscription_id === null) return dues
  const gift = Math.min(amount, await giftsLeft(ctx, subscription_id))
  await addEntries(ctx, subscription_id, [
    { reason_key: `${reason_key}:gift`, amount: 0 - gift, gift: true, dues_id },
    { reason_key, amount: gift - amount, gift: false, dues_id },
  ])
  return setCreditApplied(ctx, dues, amount)
}

async function giftsLeft(ctx: BusinessCtx, subscription_id: string): Promise<number> {
  const { left } = await from(ctx, 'credit_entries')
    .select((eb) => eb.fn.coalesce(eb.fn.sum('amount'), eb.lit(0)).as('left'))
    .where('subscription_id', '=', subscription_id)
    .where('gift', '=', true)
    .executeTakeFirstOrThrow()
  return Number(left)
}

async function setCreditApplied(ctx: BusinessCtx, { dues_id }: Dues, credit_applied: number): Promise<Dues> {
  return update(ctx, 'dues')
    .set({ credit_applied })
    .where('dues_id', '=', dues_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function addEntries(ctx: BusinessCtx, subscription_id: string, entries: readonly NewEntry[]): Promise<void> {
  const real = entries.filter(({ amount }) => amount !== 0)
  if (real.length === 0) return
  const created_at = ctx.clock.now()
  const wall = ctx.wall.now().epochMilliseconds
  await ctx.db
    .insertInto('credit_entries')
    .values(
      real.map((entry) => ({
        ...owned(ctx),
        entry_id: newId('credit_entry', wall),
        subscription_id,
        ...entry,
        created_at,
      })),
    )
    .execute()
  await addToCreditBalance(
    ctx,
    subscription_id,
    real.reduce((sum, { amount }) => sum + amount, 0),
  )
}
