// What the renewal after a change would take, before the change is made.
import type { DecidedChange } from '#core/plan-changes/decide-change.ts'
import { type ChangeAhead, readKnownAhead } from '#core/subscriptions/next-payment-facts.ts'
import { priceNext } from '#core/subscriptions/next-payments.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { readWalletsLeft } from '#core/subscriptions/wallet-in-turn.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface NextAfterChange {
  /** With its tax and what waits for it; null where no renewal is to come. Minor units. */
  next_total: number | null
  /** What of that is asked of the payment method. */
  next_amount: number | null
  next_plus_usage: boolean
}

export async function nextAfterChange(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  decided: DecidedChange,
): Promise<NextAfterChange> {
  const { subscription_id } = subscription
  const found = (await readKnownAhead(ctx, [subscription_id])).get(subscription_id)
  if (found === undefined) return NONE
  const { now } = decided
  const changed = asChanged(subscription, decided)
  const known = {
    ...found,
    wallet: found.wallet - (now?.wallet_applied ?? 0),
    metered: found.metered || decided.target.meters.length > 0,
    change: aheadOf(decided),
  }
  const left = await readWalletsLeft(ctx, [{ subscription: changed, known }])
  const next = priceNext(ctx, changed, { ...known, wallet: left.get(subscription_id) ?? known.wallet })
  if (next === undefined) return NONE
  const waits = now?.carried ? now.decision.charge : 0
  return { next_total: next.total + waits, next_amount: next.amount + waits, next_plus_usage: next.plus_usage }
}

const NONE: NextAfterChange = { next_total: null, next_amount: null, next_plus_usage: false }

/** Credit and dates as the change leaves them; the plan itself comes with `aheadOf`. */
function asChanged(subscription: SubscriptionListed, { now, target }: DecidedChange): SubscriptionListed {
  if (now === undefined) return subscription
  const { date, credit, values } = now.decision
  const credit_balance = subscription.credit_balance - now.credit_applied + credit
  // Whatever charges ends a trial.
  const paying = { ...subscription, credit_balance, in_trial: values === null && subscription.in_trial }
  if (date.type === 'kept') return paying
  const { start: anchor, end: next_billing_date } = date.period
  const { count: payment_frequency_count, interval: payment_frequency_interval } = target.frequency
  return {
    ...paying,
    ...{ anchor, next_billing_date, payment_frequency_count, payment_frequency_interval },
    next_attempt_at: next_billing_date,
    period_number: 0,
  }
}

function aheadOf({ target, discounts }: DecidedChange): ChangeAhead {
  const { product, addons, quantity, items, frequency } = target
  const { product_id, tax_category, tax_inclusive } = product
  return {
    ...{ product_id, tax_category, tax_inclusive, quantity, items },
    product_name: product.name,
    addon_categories: Object.fromEntries(addons.map((addon) => [addon.addon_id, addon.tax_category])),
    discounts: discounts.filter(({ uses_cycle, cycles_remaining }) => !uses_cycle || cycles_remaining !== 1),
    payment_frequency_count: frequency.count,
    payment_frequency_interval: frequency.interval,
  }
}
