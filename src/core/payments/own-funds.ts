// What the customer has with the merchant already pays before the payment method: the subscription's credit, then the wallet in the
// dues' currency. Reserved for an attempt, kept while nobody knows its outcome, released when it is declined. Call it with subscription
// and dues locked.
import { fundsFor, type OwnFunds } from '#billing/credit.ts'
import { releaseCredit, takeCredit } from '#core/credits/ledger.ts'
import { moveCreditToWallet } from '#core/credits/move-to-wallet.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import type { NewDues } from '#core/payments/store.ts'
import { from } from '#core/scope.ts'
import { lockWallet } from '#core/wallets/ledger.ts'
import { releaseFromWallet, takeFromWallet } from '#core/wallets/pay-dues.ts'
import { readWalletBalance } from '#core/wallets/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Takes for an attempt what credit and wallet can pay; what is left is 0 or at least the processor's minimum. */
export async function reserveFunds(ctx: BusinessCtx, dues: Dues, attempt: number, minimum: number): Promise<Dues> {
  if (dues.total === 0) return dues
  const funds = fundsFor(dues.total, await readFunds(ctx, dues), minimum)
  return take(ctx, dues, `dues:${dues.dues_id}:${attempt}`, funds)
}

/** An attempt that was not applied gives back what was reserved; dues that another attempt paid keep it. */
export async function releaseFunds(ctx: BusinessCtx, dues: Dues, payment: Payment): Promise<void> {
  if (dues.status === 'paid' || (await hasOtherAttempt(ctx, payment))) return
  const reason_key = `dues:${dues.dues_id}:${payment.attempt}:released`
  const owed = await releaseCredit(ctx, dues, reason_key, dues.credit_applied)
  await releaseFromWallet(ctx, owed, reason_key, dues.wallet_applied)
  // A subscription that ended while its payment was under way has no next invoice either.
  if (dues.credit_applied > 0 && (await hasEnded(ctx, dues))) {
    await moveCreditToWallet(ctx, dues, `end:${dues.subscription_id}:${payment.payment_id}`)
  }
}

/**
 * Makes credit and wallet pay exactly what the payment leaves of the dues. They do already, but for money that came after its attempt
 * was given up: then what was released is taken again. False where it was spent meanwhile, so that the payment is too little.
 */
export async function matchFunds(ctx: BusinessCtx, dues: Dues, payment: Payment): Promise<boolean> {
  const wanted = dues.total - payment.total_amount
  const missing = wanted - dues.credit_applied - dues.wallet_applied
  const name = `dues:${dues.dues_id}:${payment.attempt}:late`
  if (missing < 0) {
    const fromWallet = Math.min(-missing, dues.wallet_applied)
    const owed = await releaseFromWallet(ctx, dues, name, fromWallet)
    await releaseCredit(ctx, owed, name, -missing - fromWallet)
  }
  if (missing > 0) {
    const funds = await readFunds(ctx, dues)
    if (funds.credit + funds.wallet < missing) return false
    const credit = Math.min(missing, funds.credit)
    await take(ctx, dues, name, { credit, wallet: missing - credit })
  }
  return true
}

async function take(ctx: BusinessCtx, dues: Dues, reason_key: string, funds: OwnFunds): Promise<Dues> {
  return takeFromWallet(ctx, await takeCredit(ctx, dues, reason_key, funds.credit), reason_key, funds.wallet)
}

/** What there is to pay with. Locks the wallet where there is money in it. */
export async function readFunds(
  ctx: BusinessCtx,
  { subscription_id = null, customer_id, currency }: Pick<NewDues, 'subscription_id' | 'customer_id' | 'currency'>,
): Promise<OwnFunds> {
  if (subscription_id === null) {
    const wallet = await readWalletBalance(ctx, customer_id, currency)
    return { credit: 0, wallet: wallet === 0 ? 0 : (await lockWallet(ctx, { customer_id, currency })).balance }
  }
  const { credit, wallet } = await readBalances(ctx, { subscription_id, customer_id, currency })
  return { credit, wallet: wallet === 0 ? 0 : (await lockWallet(ctx, { customer_id, currency })).balance }
}

async function readBalances(
  ctx: BusinessCtx,
  { subscription_id, customer_id, currency }: { subscription_id: string; customer_id: string; currency: string },
): Promise<OwnFunds> {
  return from(ctx, 'subscriptions')
    .leftJoin('wallets', (join) =>
      join
        .onRef('wallets.business_id', '=', 'subscriptions.business_id')
        .on('wallets.customer_id', '=', customer_id)
        .on('wallets.currency', '=', currency),
    )
    .select((eb) => [
      'subscriptions.credit_balance as credit',
      eb.fn.coalesce('wallets.balance', eb.lit(0)).as('wallet'),
    ])
    .where('subscriptions.subscription_id', '=', subscription_id)
    .executeTakeFirstOrThrow()
}

async function hasEnded(ctx: BusinessCtx, { subscription_id }: Dues): Promise<boolean> {
  const ended = await from(ctx, 'subscriptions')
    .select('subscription_id')
    .where('subscription_id', '=', subscription_id)
    .where('status', 'in', ['cancelled', 'expired'])
    .executeTakeFirst()
  return ended !== undefined
}

/** What is reserved is another attempt's that is still under way. */
async function hasOtherAttempt(ctx: BusinessCtx, { dues_id, payment_id }: Payment): Promise<boolean> {
  const open = await from(ctx, 'payments')
    .select('payment_id')
    .where('dues_id', '=', dues_id)
    .where('payment_id', '<>', payment_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return open !== undefined
}
