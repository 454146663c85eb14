import { collectPayment } from '#core/payments/collect-payment.ts'
import { findUsageToCollect } from '#core/usage/bill-usage.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Charges what was owed for usage in the transaction before. Inside of one it is left to reconciling: no network belongs there. */
export async function collectUsage(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  if (ctx.db.isTransaction) return
  const used = await findUsageToCollect(ctx, subscription_id)
  if (used !== undefined) await collectPayment(ctx, used.payment_id)
}
