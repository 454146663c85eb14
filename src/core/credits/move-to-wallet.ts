import { recordAudit } from '#core/audit/record-audit.ts'
import { clearCredit } from '#core/credits/ledger.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import type { BusinessCtx } from '#src/context.ts'

type Owner = Pick<Subscription, 'customer_id' | 'currency'> & { subscription_id: string | null }

/**
 * A locked subscription has no more invoices that could use its credit: what was paid for goes to the wallet of its currency, what the
 * merchant gave beyond that lapses.
 */
export async function moveCreditToWallet(ctx: BusinessCtx, owner: Owner, reason_key: string): Promise<void> {
  const { subscription_id, customer_id, currency } = owner
  if (subscription_id === null) return
  const amount = await clearCredit(ctx, subscription_id, reason_key)
  if (amount === 0) return
  await depositToWallet(ctx, customer_id, {
    currency,
    amount,
    event_type: 'refund',
    reason_key,
    reason: 'Credit of a subscription that ended',
    reference_object_id: subscription_id,
  })
  await recordAudit(ctx, {
    action: 'subscription.credit_moved',
    resource_id: subscription_id,
    customer_id,
    details: { amount, currency },
  })
}
