// The pages of a customer, by name: each with something of what the customer has.
import { from } from '#core/scope.ts'
import { withPlan } from '#core/subscriptions/with-plan.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Owner {
  customer_id: string
  credit_entitlement_id: string
}

/** Addresses. `deep`: a page of the billing history that the customer has. */
export async function placesOf(ctx: BusinessCtx, owner: Owner, deep: number): Promise<Record<string, string>> {
  const { portal } = ctx.urls
  const { business_id } = ctx.business
  const { subscription, metered, ended, payment, key } = await find(ctx, owner)
  const history = (query: Parameters<typeof portal.billingHistory>[1]) => portal.billingHistory(business_id, query)
  return {
    overview: portal.overview(business_id),
    subscriptions: portal.subscriptions(business_id),
    subscription: portal.subscription(business_id, subscription),
    'subscription, metered': portal.subscription(business_id, metered),
    'subscription, over': portal.subscription(business_id, ended),
    'cancelling it': portal.cancellation(business_id, subscription),
    'changing its plan': portal.planChange(business_id, subscription),
    'its payment method': portal.subscriptionPaymentMethod(business_id, subscription),
    'payment methods': portal.paymentMethods(business_id),
    'billing history': history({}),
    'billing history, deep': history({ page: deep }),
    'billing history, searched': history({ q: 'pro' }),
    'billing history, searched in vain': history({ q: 'xylophone' }),
    'billing history, by number': history({ q: '000004' }),
    'billing history, failed': history({ status: 'failed' }),
    'billing history, refunded': history({ status: 'refunded' }),
    'billing history, once': history({ type: 'one_time_price' }),
    'billing history, usage': history({ type: 'usage_based_price' }),
    'billing history, one subscription': history({ subscription }),
    payment: portal.payment(business_id, payment),
    'license keys': portal.licenseKeys(business_id),
    'license key': portal.licenseKey(business_id, key),
    'what was bought': portal.entitlements(business_id),
    usage: portal.usage(business_id),
    'usage that was billed': portal.usageHistory(business_id, metered),
    wallet: portal.wallet(business_id, { currency: 'USD' }),
    credits: portal.credits(business_id, owner.credit_entitlement_id),
  }
}

/** Where the first bytes of a file are waited for, and no more. */
export function downloadsOf(ctx: BusinessCtx): Record<string, string> {
  return { 'billing history as CSV, first byte': ctx.urls.portal.billingHistoryCsv(ctx.business.business_id, {}) }
}

async function find(ctx: BusinessCtx, { customer_id }: Owner) {
  const subscriptions = await withPlan(ctx)
    .select(['subscription_id', 'price_type', 'status'])
    .select((eb) =>
      eb
        .selectFrom('payments')
        .select((of) => of.fn.countAll<number>().as('n'))
        .whereRef('payments.business_id', '=', 'subscriptions.business_id')
        .whereRef('payments.subscription_id', '=', 'subscriptions.subscription_id')
        .as('payments'),
    )
    .where('customer_id', '=', customer_id)
    .orderBy('payments', 'desc')
    .execute()
  const [payment, key] = await Promise.all([
    from(ctx, 'payments')
      .select('payment_id')
      .where('customer_id', '=', customer_id)
      .where('status', '=', 'succeeded')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow(),
    from(ctx, 'license_keys')
      .select('license_key_id')
      .where('customer_id', '=', customer_id)
      .where('instances_count', '>', 1)
      .executeTakeFirstOrThrow(),
  ])
  const [most] = subscriptions
  const metered = subscriptions.find(({ price_type }) => price_type === 'usage_based_price')
  if (most === undefined || metered === undefined) throw new Error('the customer has no subscription')
  return {
    subscription: most.subscription_id,
    metered: metered.subscription_id,
    ended: (subscriptions.find(({ status }) => status === 'cancelled') ?? most).subscription_id,
    payment: payment.payment_id,
    key: key.license_key_id,
  }
}
