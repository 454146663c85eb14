// Usage of meters that credits pay for: their balance falls by what the units come to, as far as there are credits or overage.
import { formatDecimal, least, most, parseDecimal } from '#billing/decimal.ts'
import { creditsFor } from '#billing/metered-credits.ts'
import { deductWhatCan } from '#core/credit-entitlements/deduct-credits.ts'
import { type Book, lockBook } from '#core/credit-entitlements/ledger.ts'
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { readSubscriptionCredits } from '#core/credit-entitlements/terms.ts'
import { update } from '#core/scope.ts'
import { readCurrentPeriod } from '#core/subscriptions/periods.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { Measured, SoldMeter } from '#core/usage/measure-usage.ts'
import { lockWallet } from '#core/wallets/ledger.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PaidByCredits {
  credit_entitlement_id: string
  /** Taken for this stretch of usage; a decimal. */
  credits: string
}

interface Lacking {
  meter: SoldMeter & { credit_entitlement_id: string }
  /** What the usage comes to, and what was taken of it before. */
  due: bigint
  taken: bigint
}

/**
 * Takes what is missing for what was measured, with subscription and meters locked; answers what was taken in all, by meter. Where it is
 * closed, what was taken beyond it counts for what follows.
 */
export async function payByCredits(
  ctx: BusinessCtx,
  subscription: Subscription,
  measured: readonly Measured[],
  { ended }: { ended: boolean },
): Promise<Map<string, PaidByCredits>> {
  const usage = await Promise.all(measured.flatMap((one) => lacking(ctx, one, ended) ?? []))
  const paid = new Map<string, PaidByCredits>()
  if (usage.length === 0) return paid
  const books = await lockBooks(ctx, subscription, usage)
  const inTrial = (await readCurrentPeriod(ctx, subscription.subscription_id)).kind === 'trial'
  for (const { meter, due, taken } of usage) {
    const { meter_id, credit_entitlement_id, name } = meter
    const book = books.get(credit_entitlement_id)
    const reference = { type: 'meter', id: meter_id }
    const movement = { transaction_type: 'credit_deducted', amount: due - taken, description: name, reference } as const
    // A trial has no overage: nobody agreed to pay for it yet.
    const more = book === undefined ? 0n : await deductWhatCan(ctx, book, movement, { overage: !inTrial })
    const all = taken + more
    paid.set(meter_id, { credit_entitlement_id, credits: formatDecimal(ended ? least(all, due) : all) })
    await note(ctx, meter, ended ? most(0n, all - due) : all)
  }
  return paid
}

function lacking(ctx: BusinessCtx, { meter, charge }: Measured, ended: boolean): Promise<Lacking> | undefined {
  const { credit_entitlement_id, meter_units_per_credit, deducted_credits } = meter
  if (credit_entitlement_id === null || meter_units_per_credit === null) return undefined
  return getCreditEntitlement(ctx, credit_entitlement_id).then(({ precision }) => ({
    meter: { ...meter, credit_entitlement_id },
    due: creditsFor(charge.chargeable_units, parseDecimal(meter_units_per_credit), { precision, ended }),
    taken: parseDecimal(deducted_credits),
  }))
}

/** After the wallet, and all that an invoice of this subscription may want too, in the order of their ids. */
async function lockBooks(
  ctx: BusinessCtx,
  subscription: Subscription,
  usage: readonly Lacking[],
): Promise<Map<string, Book>> {
  const { subscription_id, customer_id } = subscription
  const credits = await readSubscriptionCredits(ctx, [subscription_id])
  const ids = [...credits, ...usage.map(({ meter }) => meter)].map((each) => each.credit_entitlement_id)
  await lockWallet(ctx, subscription)
  const books = new Map<string, Book>()
  for (const credit_entitlement_id of [...new Set(ids)].sort()) {
    books.set(credit_entitlement_id, await lockBook(ctx, { credit_entitlement_id, customer_id }))
  }
  return books
}

async function note(ctx: BusinessCtx, meter: SoldMeter, deducted: bigint): Promise<void> {
  await update(ctx, 'subscription_meters')
    .set({ deducted_credits: formatDecimal(deducted) })
    .where('subscription_id', '=', meter.subscription_id)
    .where('meter_id', '=', meter.meter_id)
    .execute()
}
