import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { Wallet, WalletEntry } from '#core/wallets/ledger.ts'
import type { BusinessCtx } from '#src/context.ts'

/** One for each currency the customer ever had money in. */
export async function listWallets(ctx: BusinessCtx, customer_id: string): Promise<Wallet[]> {
  return from(ctx, 'wallets').selectAll().where('customer_id', '=', customer_id).orderBy('currency').execute()
}

/** Minor units; 0 where there is no wallet. */
export async function readWalletBalance(ctx: BusinessCtx, customer_id: string, currency: string): Promise<number> {
  const wallet = await from(ctx, 'wallets')
    .select('balance')
    .where('customer_id', '=', customer_id)
    .where('currency', '=', currency)
    .executeTakeFirst()
  return wallet?.balance ?? 0
}

/** Newest first. */
export async function listWalletEntries(
  ctx: BusinessCtx,
  customer_id: string,
  currency: string | undefined,
  page: Page,
): Promise<WalletEntry[]> {
  let query = from(ctx, 'wallet_entries').selectAll().where('customer_id', '=', customer_id)
  if (currency !== undefined) query = query.where('currency', '=', currency)
  return query
    .orderBy('created_at', 'desc')
    .orderBy('entry_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
