// What is left of a customer's wallet when a next payment comes: whatever is due before it takes its part, as renewals and retries do.
import { sql } from 'kysely'
import { fundsFor } from '#billing/credit.ts'
import { nextAttempt } from '#billing/renewal.ts'
import { type WalletTurn, walletInTurn } from '#billing/wallet-turns.ts'
import { from, on } from '#core/scope.ts'
import { type KnownAhead, readKnownAhead, takesBySelf } from '#core/subscriptions/next-payment-facts.ts'
import { previewResumption } from '#core/subscriptions/preview-resumption.ts'
import { type PlanAhead, payAhead, planAfter, planAhead, priceAhead } from '#core/subscriptions/price-ahead.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface Shown {
  subscription: Subscription
  known: KnownAhead
}

/**
 * By subscription_id, of those that share a wallet with money in it and have a time at which they ask it. Two of the same wallet are due
 * in the order of their next attempts; renewals after the next one count too, where they come before what is asked about.
 */
export async function readWalletsLeft(ctx: BusinessCtx, shown: readonly Shown[]): Promise<Map<string, number>> {
  const sharing = shown.filter(({ known }) => known.shares_wallet && known.wallet > 0)
  if (sharing.length === 0) return new Map()
  const [others, owed] = await Promise.all([readOthers(ctx, sharing, shown), readOwed(ctx, sharing)])
  const asked = new Set(shown.map(({ subscription }) => subscription.subscription_id))
  const wallets = Map.groupBy(sharing, ({ subscription }) => walletOf(subscription))
  const left = [...wallets].flatMap(([wallet, [first]]) => {
    const renewals = [...shown, ...others].filter(({ subscription }) => walletOf(subscription) === wallet)
    const turns = [
      ...renewals.flatMap((each) => turnsOf(ctx, each)),
      ...owed.filter((each) => walletOf(each) === wallet).map((each) => owedTurn(ctx, each)),
    ]
    return [...walletInTurn(first?.known.wallet ?? 0, turns, asked)]
  })
  return new Map(left)
}

function walletOf({ customer_id, currency }: Pick<Subscription, 'customer_id' | 'currency'>): string {
  return `${customer_id} ${currency}`
}

/** Of the same wallets, besides those that are known. */
async function readOthers(ctx: BusinessCtx, sharing: readonly Shown[], shown: readonly Shown[]): Promise<Shown[]> {
  const rows = await from(ctx, 'subscriptions')
    .selectAll()
    .where('customer_id', 'in', customersOf(sharing))
    .where(
      'subscription_id',
      'not in',
      shown.map(({ subscription }) => subscription.subscription_id),
    )
    .where(takesBySelf('subscriptions'))
    .execute()
  const wallets = new Set(sharing.map(({ subscription }) => walletOf(subscription)))
  const subscriptions = rows.filter((row) => wallets.has(walletOf(row)))
  if (subscriptions.length === 0) return []
  const found = await readKnownAhead(
    ctx,
    subscriptions.map(({ subscription_id }) => subscription_id),
    sharing[0]?.known.rates,
  )
  return subscriptions.flatMap((subscription) => {
    const known = found.get(subscription.subscription_id)
    return known === undefined ? [] : [{ subscription, known }]
  })
}

type OwedLater = Awaited<ReturnType<typeof readOwed>>[number]

/** What was declined and is asked for again by itself. */
async function readOwed(ctx: BusinessCtx, sharing: readonly Shown[]) {
  return from(ctx, 'dues')
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'dues.subscription_id'))
    .select(['subscriptions.subscription_id', 'dues.customer_id', 'dues.currency', 'dues.total'])
    .select(['subscriptions.credit_balance', sql<Temporal.Instant>`dues.next_retry_at`.as('next_retry_at')])
    .where('dues.customer_id', 'in', customersOf(sharing))
    .where('dues.status', '=', 'open')
    .where('dues.next_retry_at', 'is not', null)
    .execute()
}

function customersOf(sharing: readonly Shown[]): string[] {
  return [...new Set(sharing.map(({ subscription }) => subscription.customer_id))]
}

function owedTurn(ctx: BusinessCtx, owed: OwedLater): WalletTurn {
  const { subscription_id, total, credit_balance: credit, next_retry_at, currency } = owed
  const minimum = processorFor(ctx).minimumAmount(currency)
  const take = (wallet: number) => ({ ...fundsFor(total, { credit, wallet }, minimum), following: undefined })
  return { subscription_id, at: next_retry_at.epochMilliseconds, take }
}

/** None where it is being collected at this moment, owes something, or does not renew. */
function turnsOf(ctx: BusinessCtx, { subscription, known }: Shown): WalletTurn[] {
  const { status, next_attempt_at, resumes_at } = subscription
  if (status === 'active' && next_attempt_at !== null) {
    const plan = planAhead(subscription, known)
    return plan === undefined ? [] : turnAt(ctx, plan, next_attempt_at)
  }
  if (status !== 'paused') return []
  const dates = previewResumption(ctx, subscription, resumes_at ?? ctx.clock.now())
  const plan = dates && planAhead({ ...subscription, ...dates }, known)
  if (dates === undefined || plan === undefined) return []
  const turns = turnAt(ctx, plan, dates.next_billing_date)
  // Until somebody resumes it, it takes nothing.
  return resumes_at === null ? turns.map((turn) => ({ ...turn, take: takeNothing })) : turns
}

function takeNothing(): ReturnType<WalletTurn['take']> {
  return { wallet: 0, following: undefined }
}

function turnAt(ctx: BusinessCtx, plan: PlanAhead, at: Temporal.Instant): WalletTurn[] {
  const priced = priceAhead(ctx, plan)
  if (priced === undefined) return []
  const take = (wallet: number) => {
    const paid = payAhead(ctx, plan.subscription, priced.total, wallet)
    const [following] = turnAt(ctx, planAfter(plan, priced, paid), nextAttempt(priced.period.end, at))
    return { wallet: paid.own_funds.wallet, following }
  }
  return [{ subscription_id: plan.subscription.subscription_id, at: at.epochMilliseconds, take }]
}
