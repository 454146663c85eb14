// What a merchant is told about a movement of credits.
import { becameLow, percentOf } from '#billing/credit-entitlement.ts'
import { formatDecimal, parseDecimal } from '#billing/decimal.ts'
import { type CreditLedgerEntry, getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export async function getCreditLedgerEntry(ctx: BusinessCtx, entry_id: string): Promise<CreditLedgerEntry> {
  const entry = await from(ctx, 'credit_ledger_entries').selectAll().where('entry_id', '=', entry_id).executeTakeFirst()
  if (entry === undefined) throw notFound('credit ledger entry')
  return entry
}

/** Amounts are decimals as text. */
export interface LowBalance {
  credit_entitlement_id: string
  credit_entitlement_name: string
  customer_id: string
  subscription_id: string
  available_balance: string
  subscription_credits_amount: string
  threshold_amount: string
  threshold_percent: number
}

/** Of the entry that made it low, by the terms of the subscription whose threshold it passed. */
export async function getLowBalance(ctx: BusinessCtx, entry_id: string): Promise<LowBalance> {
  const { credit_entitlement_id, customer_id, ...entry } = await getCreditLedgerEntry(ctx, entry_id)
  const { name } = await getCreditEntitlement(ctx, credit_entitlement_id)
  const credits = await from(ctx, 'subscription_credits')
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'subscription_credits.subscription_id'))
    .select(['subscription_credits.subscription_id', 'terms'])
    .where('credit_entitlement_id', '=', credit_entitlement_id)
    .where('subscriptions.customer_id', '=', customer_id)
    .orderBy('subscription_credits.subscription_id')
    .execute()
  const [before, after] = [parseDecimal(entry.balance_before), parseDecimal(entry.balance_after)]
  for (const { subscription_id, terms } of credits) {
    const { low_balance_threshold_percent: threshold_percent, credits_amount } = terms
    if (threshold_percent === null) continue
    const threshold = percentOf(parseDecimal(credits_amount), threshold_percent)
    if (!becameLow(before, after, threshold)) continue
    return {
      ...{ credit_entitlement_id, credit_entitlement_name: name, customer_id, subscription_id },
      available_balance: entry.balance_after,
      subscription_credits_amount: credits_amount,
      threshold_amount: formatDecimal(threshold),
      threshold_percent,
    }
  }
  throw notFound('threshold that was passed')
}
