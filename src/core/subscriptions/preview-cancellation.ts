import { sum } from '#billing/money.ts'
import { readPaidCredit } from '#core/credits/ledger.ts'
import type { Subscription } from '#core/subscriptions/queries.ts'
import { readUnusedTime } from '#core/subscriptions/unused-time.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface CancellationPreview {
  currency: string
  /** Unused time that goes back to the payment method. Minor units. */
  to_method: number
  /** Unused time that goes to the wallet. */
  to_wallet: number
  /** Credit that was paid for and goes to the wallet. */
  credit_to_wallet: number
}

/** What cancelling now would give back this instant. Changes nothing. */
export async function previewCancellation(ctx: BusinessCtx, subscription: Subscription): Promise<CancellationPreview> {
  const { refunds } = await readUnusedTime(ctx, subscription)
  return {
    currency: subscription.currency,
    to_method: sum(refunds.map(({ to_method }) => to_method)),
    to_wallet: sum(refunds.map(({ to_wallet, for_credit }) => to_wallet + for_credit)),
    credit_to_wallet: await readPaidCredit(ctx, subscription.subscription_id),
  }
}
