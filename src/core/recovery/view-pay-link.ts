// What the page of a pay link has to say.
import { hasEnded, isOverdue } from '#billing/status.ts'
import { type Dues, findOpenDues } from '#core/payments/queries.ts'
import { describeOwed, isChecking, type Owed } from '#core/recovery/describe-owed.ts'
import { getPayLink, type PayLink } from '#core/recovery/pay-links.ts'
import { from, on } from '#core/scope.ts'
import { getSubscription, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

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
  const owed = dues && (await describeOwed(ctx, subscription, dues))
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
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'payments.subscription_id'))
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
