import { recordAudit } from '#core/audit/record-audit.ts'
import { moveWallet, type Wallet, type WalletEntry } from '#core/wallets/ledger.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface WalletDeposit {
  currency: string
  /** Minor units, more than 0. */
  amount: number
  event_type: WalletEntry['event_type']
  /** Deterministic, so that the same money is paid in once. */
  reason_key: string
  reason?: string | null
  /** The payment, refund or subscription it comes from. */
  reference_object_id?: string | null
}

/** Pays money into the customer's wallet of that currency, once per reason_key; joins the transaction it is called in. */
export async function depositToWallet(
  outer: BusinessCtx,
  customer_id: string,
  deposit: WalletDeposit,
): Promise<Wallet> {
  const { currency, amount, event_type } = deposit
  if (amount <= 0) throw new RangeError('a deposit is more than nothing')
  return inTransaction(outer, async (ctx) => {
    const wallet = await moveWallet(ctx, { customer_id, ...deposit })
    await recordAudit(ctx, {
      action: 'wallet.deposited',
      resource_id: customer_id,
      customer_id,
      details: { currency, amount, event_type, reason_key: deposit.reason_key },
    })
    return wallet
  })
}
