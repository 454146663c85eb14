import { fundsFor } from '#billing/credit.ts'
import { sum } from '#billing/money.ts'
import { readPaidCredit } from '#core/credits/ledger.ts'
import type { Subscription } from '#core/subscriptions/queries.ts'
import { readUnusedTime } from '#core/subscriptions/unused-time.ts'
import { previewFinalUsage } from '#core/usage/preview-usage.ts'
import { readWalletBalance } from '#core/wallets/queries.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface CancellationPreview {
  currency: string
  /** Unused time that goes back to the payment method. Minor units. */
  to_method: number
  /** Unused time that goes to the wallet. */
  to_wallet: number
  /** Credit that was paid for and goes to the wallet. */
  credit_to_wallet: number
  /** The last invoice, for what was used. */
  used: number
}

/** What cancelling now would give back and charge this instant. Changes nothing. */
export async function previewCancellation(ctx: BusinessCtx, subscription: Subscription): Promise<CancellationPreview> {
  const { refunds } = await readUnusedTime(ctx, subscription)
  const used = await previewFinalUsage(ctx, subscription)
  return {
    currency: subscription.currency,
    to_method: sum(refunds.map(({ to_method }) => to_method)),
    to_wallet: sum(refunds.map(({ to_wallet, for_credit }) => to_wallet + for_credit)),
    credit_to_wallet: await creditLeft(ctx, subscription, used),
    used,
  }
}

/** Of the paid-for credit, after the last invoice took what it needs, gifts first. */
async function creditLeft(ctx: BusinessCtx, subscription: Subscription, used: number): Promise<number> {
  const { subscription_id, customer_id, currency, credit_balance } = subscription
  const paidFor = await readPaidCredit(ctx, subscription_id)
  if (used === 0) return paidFor
  const wallet = await readWalletBalance(ctx, customer_id, currency)
  const taken = fundsFor(used, { credit: credit_balance, wallet }, processorFor(ctx).minimumAmount(currency)).credit
  return paidFor - Math.max(0, taken - (credit_balance - paidFor))
}
