import { recordAudit } from '#core/audit/record-audit.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { findEntry, lockWallet, moveWallet, type Wallet } from '#core/wallets/ledger.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newSecret } from '#src/ids.ts'

export interface WalletAdjustment {
  currency: string
  /** Minor units, more than 0. */
  amount: number
  entry_type: 'credit' | 'debit'
  reason: string | null
  /** The same key is the same adjustment: it is made once, and a repetition answers the wallet as it is. */
  idempotency_key: string | null
}

/** The merchant pays in or takes out. Throws INSUFFICIENT_WALLET_FUNDS where the wallet does not hold that much. */
export async function adjustWallet(
  outer: BusinessCtx,
  customer_id: string,
  adjustment: WalletAdjustment,
): Promise<Wallet> {
  await getCustomer(outer, customer_id)
  const { currency, entry_type, reason, idempotency_key } = adjustment
  const reason_key = `adjustment:${customer_id}:${currency}:${idempotency_key ?? newSecret()}`
  const amount = entry_type === 'credit' ? adjustment.amount : -adjustment.amount
  return inTransaction(outer, async (ctx) => {
    const wallet = await lockWallet(ctx, { customer_id, currency })
    if (await findEntry(ctx, reason_key)) return wallet
    await recordAudit(ctx, {
      action: 'wallet.adjusted',
      resource_id: customer_id,
      customer_id,
      details: { currency, amount, reason },
    })
    return moveWallet(ctx, {
      customer_id,
      currency,
      amount,
      event_type: 'merchant_adjustment',
      reason_key,
      reason,
    })
  })
}
