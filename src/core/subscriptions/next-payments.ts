// What the next renewal of subscriptions would take if it came as things are now: many at once, priced by what renewals are priced by.
import type { OwnFunds } from '#billing/credit.ts'
import type { Period } from '#billing/period.ts'
import type { DuesAmounts } from '#core/payments/priced-dues.ts'
import { type KnownAhead, type RenewalFacts, readKnownAhead } from '#core/subscriptions/next-payment-facts.ts'
import { payAhead, planAhead, priceAhead } from '#core/subscriptions/price-ahead.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { readWalletsLeft } from '#core/subscriptions/wallet-in-turn.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface NextPayment extends DuesAmounts {
  at: Temporal.Instant
  period: Period
  /** What was too small to be charged before, and is on this invoice. Minor units. */
  carried: number
  /** What credit and wallet pay of the total. */
  own_funds: OwnFunds
  /** What is asked of the payment method; 0 where it is too small to be charged and waits. */
  amount: number
  /** What is used until then comes on top. */
  plus_usage: boolean
  /** The plan becomes another one then. */
  change: { product_name: string; quantity: number } | null
}

/**
 * By subscription_id; those are missing that do not renew: they have ended, end before, or never began. What is due earlier takes from
 * the wallet first, whether it was asked for or not. `added`: discounts as if they had been given to each.
 */
export async function readNextPayments(
  ctx: BusinessCtx,
  subscriptions: readonly (Subscription & { in_trial: boolean })[],
  added: RenewalFacts['discounts'] = [],
): Promise<Map<string, NextPayment>> {
  const begun = subscriptions.filter(({ next_billing_date, anchor }) => next_billing_date !== null && anchor !== null)
  if (begun.length === 0) return new Map()
  const found = await readKnownAhead(
    ctx,
    begun.map(({ subscription_id }) => subscription_id),
  )
  const shown = begun.flatMap((subscription) => {
    const known = found.get(subscription.subscription_id)
    return known === undefined ? [] : [{ subscription, known: { ...known, discounts: [...known.discounts, ...added] } }]
  })
  const left = await readWalletsLeft(ctx, shown)
  return new Map(
    shown.flatMap(({ subscription, known }) => {
      const { subscription_id } = subscription
      const next = priceNext(ctx, subscription, { ...known, wallet: left.get(subscription_id) ?? known.wallet })
      return next === undefined ? [] : [[subscription_id, next] as const]
    }),
  )
}

/** One of them, from what was read before; `wallet` is what is there when its turn comes. */
export function priceNext(
  ctx: BusinessCtx,
  running: Subscription & { in_trial: boolean },
  known: KnownAhead,
): NextPayment | undefined {
  const { next_billing_date: at } = running
  const plan = planAhead(running, known)
  const priced = plan && priceAhead(ctx, plan)
  if (at === null || plan === undefined || priced === undefined) return undefined
  const { amounts, total, period, carried } = priced
  const { change } = known
  return {
    ...amounts,
    at,
    period,
    carried,
    ...payAhead(ctx, plan.subscription, total, known.wallet),
    plus_usage: known.used || (known.metered && !running.in_trial),
    change: change && { product_name: change.product_name, quantity: change.quantity },
  }
}
