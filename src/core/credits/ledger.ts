// The credit of a subscription: entries are only added, and `credit_balance` is always their sum. Call it with the subscription locked.
import type { Dues } from '#core/payments/queries.ts'
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

/** Takes for the dues, gifts first; the dues stay the full total and say how much of it the credit pays. */
export async function takeCredit(ctx: BusinessCtx, dues: Dues, reason_key: string, amount: number): Promise<Dues> {
  const { dues_id, subscription_id } = dues
  if (amount === 0 || subscription_id === null) return dues
  const gift = Math.min(amount, await giftsLeft(ctx, subscription_id))
  await addEntries(ctx, subscription_id, [
    { reason_key: `${reason_key}:gift`, amount: 0 - gift, gift: true, dues_id },
    { reason_key, amount: gift - amount, gift: false, dues_id },
  ])
  return setCreditApplied(ctx, dues, dues.credit_applied + amount)
}

/** Gives back so much of what was taken for the dues, gifts last. */
export async function releaseCredit(ctx: BusinessCtx, dues: Dues, reason_key: string, amount: number): Promise<Dues> {
  const { dues_id, subscription_id } = dues
  if (amount === 0 || subscription_id === null) return dues
  const gift = Math.max(0, amount - (await paidForIn(ctx, dues_id)))
  await addEntries(ctx, subscription_id, [
    { reason_key: `${reason_key}:gift`, amount: gift, gift: true, dues_id },
    { reason_key, amount: amount - gift, gift: false, dues_id },
  ])
  return setCreditApplied(ctx, dues, dues.credit_applied - amount)
}

/** What the dues hold of the credit that was paid for. */
async function paidForIn(ctx: BusinessCtx, dues_id: string): Promise<number> {
  const { held } = await from(ctx, 'credit_entries')
    .select((eb) => eb.fn.coalesce(eb.fn.sum('amount'), eb.lit(0)).as('held'))
    .where('dues_id', '=', dues_id)
    .where('gift', '=', false)
    .executeTakeFirstOrThrow()
  return -Number(held)
}

async function giftsLeft(ctx: BusinessCtx, subscription_id: string): Promise<number> {
  const { left } = await from(ctx, 'credit_entries')
    .select((eb) => eb.fn.coalesce(eb.fn.sum('amount'), eb.lit(0)).as('left'))
    .where('subscription_id', '=', subscription_id)
    .where('gift', '=', true)
    .executeTakeFirstOrThrow()
  return Number(left)
}

/** The subscription has no invoices to come: takes all of its credit and answers the part that was paid for. Minor units. */
export async function clearCredit(ctx: BusinessCtx, subscription_id: string, reason_key: string): Promise<number> {
  const gift = await giftsLeft(ctx, subscription_id)
  const paidFor = await readPaidCredit(ctx, subscription_id)
  await addEntries(ctx, subscription_id, [
    { reason_key: `${reason_key}:gift`, amount: -gift, gift: true, dues_id: null },
    { reason_key, amount: -paidFor, gift: false, dues_id: null },
  ])
  return paidFor
}

/** The part of the balance that was paid for, in minor units. */
export async function readPaidCredit(ctx: BusinessCtx, subscription_id: string): Promise<number> {
  return (await readCredit(ctx, subscription_id)) - (await giftsLeft(ctx, subscription_id))
}

/** The balance, in minor units. */
export async function readCredit(ctx: BusinessCtx, subscription_id: string): Promise<number> {
  const { credit_balance } = await from(ctx, 'subscriptions')
    .select('credit_balance')
    .where('subscription_id', '=', subscription_id)
    .executeTakeFirstOrThrow()
  return credit_balance
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
