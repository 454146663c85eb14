// What the page of a pay link has to say.
import { fundsFor } from '#billing/credit.ts'
import { hasEnded, isOverdue } from '#billing/status.ts'
import { readCredit } from '#core/credits/ledger.ts'
import { type Dues, type DuesLine, findOpenDues, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { getPayLink, type PayLink } from '#core/recovery/pay-links.ts'
import { from } from '#core/scope.ts'
import { getSubscription, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import { readWalletBalance } from '#core/wallets/queries.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface Owed {
  dues: Dues
  lines: DuesLine[]
  /** What credit and wallet pay of it; minor units. */
  own_funds: number
  /** Why the last attempt was declined; null where none was. */
  declined: string | null
}

export interface PayLinkView {
  link: PayLink
  subscription: SubscriptionListed
  /** `paid` and `saved`: done, by this link or otherwise. */
  state: 'owed' | 'method' | 'checking' | 'paid' | 'saved' | 'ended' | 'expired'
  owed: Owed | undefined
}

export async function viewPayLink(ctx: BusinessCtx, pay_link_id: string): Promise<PayLinkView> {
  const link = await getPayLink(ctx, pay_link_id)
  const subscription = await getSubscription(ctx, link.subscription_id)
  const { status } = subscription
  const dues = isOverdue(status) || hasEnded(status) ? await findOpenDues(ctx, link.subscription_id) : undefined
  const owed = dues && (await describeOwed(ctx, dues))
  return { link, subscription, owed, state: await stateOf(ctx, link, subscription, dues) }
}

async function stateOf(
  ctx: BusinessCtx,
  link: PayLink,
  { status }: SubscriptionListed,
  dues: Dues | undefined,
): Promise<PayLinkView['state']> {
  const { subscription_id } = link
  if (hasEnded(status) && dues === undefined) return (await wasPaidAfterEnd(ctx, subscription_id)) ? 'paid' : 'ended'
  if (await isChecking(ctx, subscription_id)) return 'checking'
  const done = await isDone(ctx, link, dues)
  if (done !== undefined) return done
  if (Temporal.Instant.compare(link.expires_at, ctx.wall.now()) <= 0) return 'expired'
  return dues === undefined ? 'method' : 'owed'
}

/** What it had used before it ended was paid on this page. */
async function wasPaidAfterEnd(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const paid = await from(ctx, 'payments')
    .innerJoin('dues', (join) =>
      join.onRef('dues.business_id', '=', 'payments.business_id').onRef('dues.dues_id', '=', 'payments.dues_id'),
    )
    .innerJoin('subscriptions', (join) =>
      join
        .onRef('subscriptions.business_id', '=', 'payments.business_id')
        .onRef('subscriptions.subscription_id', '=', 'payments.subscription_id'),
    )
    .select('payment_id')
    .where('payments.subscription_id', '=', subscription_id)
    .where('payments.origin', '=', 'pay_page')
    .where('payments.applied', '=', true)
    .where('dues.kind', '=', 'usage')
    .whereRef('payments.settled_at', '>=', (eb) =>
      eb.fn.coalesce('subscriptions.cancelled_at', 'subscriptions.expires_at'),
    )
    .limit(1)
    .executeTakeFirst()
  return paid !== undefined
}

async function isDone(ctx: BusinessCtx, link: PayLink, dues: Dues | undefined): Promise<'paid' | 'saved' | undefined> {
  if (dues !== undefined) return undefined
  if (link.purpose === 'dues') return 'paid'
  const saved = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('pay_link_id', '=', link.pay_link_id)
    .where('status', '=', 'succeeded')
    .limit(1)
    .executeTakeFirst()
  return saved && 'saved'
}

/** Nobody knows yet, or a saved method is being charged at this moment. */
async function isChecking(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const open = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) => eb.or([eb('unknown_since', 'is not', null), eb('off_session', '=', true)]))
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

async function describeOwed(ctx: BusinessCtx, dues: Dues): Promise<Owed> {
  const [lines, attempts] = await Promise.all([
    getDuesLines(ctx, dues.dues_id),
    from(ctx, 'payments').selectAll().where('dues_id', '=', dues.dues_id).orderBy('attempt', 'desc').execute(),
  ])
  const failed = attempts.find(({ status }) => status === 'failed')
  return {
    dues,
    lines,
    own_funds: await ownFunds(ctx, dues, attempts),
    declined: failed === undefined ? null : (failed.error_code ?? 'GENERIC_DECLINE'),
  }
}

/** Reserved already for a page that is open, or what would be reserved now. */
async function ownFunds(ctx: BusinessCtx, dues: Dues, attempts: readonly Payment[]): Promise<number> {
  if (attempts.some(({ settled_at }) => settled_at === null)) return dues.credit_applied + dues.wallet_applied
  const { subscription_id, customer_id, currency } = dues
  const credit = subscription_id === null ? 0 : await readCredit(ctx, subscription_id)
  const wallet = await readWalletBalance(ctx, customer_id, currency)
  const funds = fundsFor(dues.total, { credit, wallet }, processorFor(ctx).minimumAmount(currency))
  return funds.credit + funds.wallet
}
