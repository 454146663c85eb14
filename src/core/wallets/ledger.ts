// The one place that moves a wallet: entries are only added, and `balance` is always their sum. A wallet is locked after subscription,
// dues and payment.
import { type Selectable, sql } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type Wallet = Selectable<DB['wallets']>
export type WalletEntry = Selectable<DB['wallet_entries']>

export interface NewWalletEntry {
  customer_id: string
  currency: string
  /** Minor units: positive where the wallet gains, negative where it pays. */
  amount: number
  event_type: WalletEntry['event_type']
  /** Deterministic: the same thing is never paid in or taken twice. */
  reason_key: string
  reason?: string | null
  dues_id?: string | null
  /** What an API client may look up about it. */
  reference_object_id?: string | null
}

/** Locks the wallet, and makes it where the customer had none in this currency. */
export async function lockWallet(
  ctx: BusinessCtx,
  { customer_id, currency }: Pick<Wallet, 'customer_id' | 'currency'>,
): Promise<Wallet> {
  const now = ctx.clock.now()
  const key = { ...owned(ctx), customer_id, currency }
  await ctx.db
    .insertInto('wallets')
    .values({ ...key, balance: 0, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return from(ctx, 'wallets')
    .selectAll()
    .where('customer_id', '=', customer_id)
    .where('currency', '=', currency)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/**
 * Moves money in or out, once per reason_key; answers the wallet as it then is. Throws INSUFFICIENT_WALLET_FUNDS where it does not hold
 * that much. Call it in a transaction.
 */
export async function moveWallet(ctx: BusinessCtx, entry: NewWalletEntry): Promise<Wallet> {
  const { customer_id, currency, amount, reason_key } = entry
  const wallet = await lockWallet(ctx, entry)
  if (await findEntry(ctx, reason_key)) return wallet
  const after_balance = wallet.balance + amount
  if (after_balance < 0) throw new AppError('INSUFFICIENT_WALLET_FUNDS')
  await ctx.db
    .insertInto('wallet_entries')
    .values({
      ...owned(ctx),
      entry_id: newId('wallet_entry', ctx.wall.now().epochMilliseconds),
      ...entry,
      before_balance: wallet.balance,
      after_balance,
      created_at: ctx.clock.now(),
    })
    .execute()
  return update(ctx, 'wallets')
    .set({ balance: sql<number>`balance + ${amount}`, updated_at: ctx.clock.now() })
    .where('customer_id', '=', customer_id)
    .where('currency', '=', currency)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findEntry(ctx: BusinessCtx, reason_key: string): Promise<WalletEntry | undefined> {
  return from(ctx, 'wallet_entries').selectAll().where('reason_key', '=', reason_key).executeTakeFirst()
}
