// Money and credits a customer has, as the pages say it.
import { readSubscriptionCredits } from '#core/credit-entitlements/terms.ts'
import type { Page } from '#core/paging.ts'
import {
  listSubscriptions,
  readNextPayments,
  type SubscriptionFilter,
  type SubscriptionListed,
} from '#core/subscriptions/queries.ts'
import type { CreditTerms } from '#portal/usage/credit-terms.tsx'
import type { SubscriptionCredit } from '#portal/usage/funds.tsx'
import type { BusinessCtx } from '#src/context.ts'

const MOST_SUBSCRIPTIONS = 100

/** Those that have not ended; of them those that are asked for. */
export function listRunning(
  ctx: BusinessCtx,
  customer_id: string,
  only: Pick<SubscriptionFilter, 'metered' | 'holds_amounts'> = {},
  page: Page = { page_number: 0, page_size: MOST_SUBSCRIPTIONS },
): Promise<SubscriptionListed[]> {
  return listSubscriptions(ctx, { customer_id, statuses: ['active', 'past_due', 'on_hold', 'paused'], ...only }, page)
}

/** Credit that waits for the next invoice of a subscription, and what was too small to be charged and is on it. */
export async function tellSubscriptionCredit(ctx: BusinessCtx, customer_id: string): Promise<SubscriptionCredit[]> {
  const subscriptions = await listRunning(ctx, customer_id, { holds_amounts: true })
  const next = await readNextPayments(ctx, subscriptions)
  return subscriptions.flatMap((subscription) => {
    const { subscription_id, product_name, currency, credit_balance } = subscription
    const payment = next.get(subscription_id)
    const carried = payment?.carried ?? 0
    if (credit_balance === 0 && carried === 0) return []
    const pays = payment === undefined ? null : { at: payment.at, amount: payment.own_funds.credit }
    return [{ subscription_id, product_name, currency, balance: credit_balance, carried, next: pays }]
  })
}

/** On what terms running subscriptions grant credits of one kind. */
export async function tellTerms(
  ctx: BusinessCtx,
  customer_id: string,
  credit_entitlement_id: string,
): Promise<CreditTerms[]> {
  const subscriptions = await listRunning(ctx, customer_id)
  const ids = subscriptions.map(({ subscription_id }) => subscription_id)
  const credits = await readSubscriptionCredits(ctx, ids)
  return credits
    .filter((credit) => credit.credit_entitlement_id === credit_entitlement_id)
    .flatMap(({ subscription_id, terms }) => {
      const owner = subscriptions.find((subscription) => subscription.subscription_id === subscription_id)
      return owner === undefined ? [] : [{ subscription_id, product_name: owner.product_name, ...terms }]
    })
}
