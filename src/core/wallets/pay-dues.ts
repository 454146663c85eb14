// The wallet's part in paying dues: taken, and given back where it did not come to that. Call it with the dues locked.
import type { Dues } from '#core/payments/queries.ts'
import { update } from '#core/scope.ts'
import { moveWallet } from '#core/wallets/ledger.ts'
import type { BusinessCtx } from '#src/context.ts'

export async function takeFromWallet(ctx: BusinessCtx, dues: Dues, reason_key: string, amount: number): Promise<Dues> {
  return amount === 0 ? dues : move(ctx, dues, { event_type: 'payment', reason_key, amount: -amount })
}

export async function releaseFromWallet(
  ctx: BusinessCtx,
  dues: Dues,
  reason_key: string,
  amount: number,
): Promise<Dues> {
  return amount === 0 ? dues : move(ctx, dues, { event_type: 'payment_reversal', reason_key, amount })
}

async function move(
  ctx: BusinessCtx,
  { dues_id, customer_id, currency, subscription_id, wallet_applied }: Dues,
  entry: { event_type: 'payment' | 'payment_reversal'; reason_key: string; amount: number },
): Promise<Dues> {
  await moveWallet(ctx, { customer_id, currency, dues_id, reference_object_id: subscription_id, ...entry })
  return update(ctx, 'dues')
    .set({ wallet_applied: wallet_applied - entry.amount })
    .where('dues_id', '=', dues_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
