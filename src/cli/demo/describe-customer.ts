// What a customer of the demo has, in words: "Studio with add-ons, active, renews on December 11, 2026".
import { listLicenseKeys } from '#core/licenses/queries.ts'
import { listSubscriptions, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import { translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

export async function describeCustomer(ctx: BusinessCtx, customer_id: string): Promise<string> {
  const page = { page_number: 0, page_size: 10 }
  // The first one bought: what came later was added to it.
  const subscription = (await listSubscriptions(ctx, { customer_id }, page)).at(-1)
  if (subscription !== undefined) return describeSubscription(ctx, subscription)
  const keys = await listLicenseKeys(ctx, customer_id, 100)
  const [key] = keys
  if (key === undefined) return 'nothing bought yet'
  return `${key.product_name}, bought once, ${keys.length} license ${keys.length === 1 ? 'key' : 'keys'}`
}

function describeSubscription({ business }: BusinessCtx, subscription: SubscriptionListed): string {
  const { status, addons, product_name, next_billing_date, cancelled_at, on_hold_at } = subscription
  const { date } = translator('en', business.timezone)
  const day = (at: Temporal.Instant | null) => (at === null ? '' : ` on ${date(at)}`)
  const what = `${product_name}${addons.length > 0 ? ' with add-ons' : ''}`
  switch (status) {
    case 'active':
      if (subscription.cancel_at_next_billing_date) return `${what}, cancelled, ends${day(next_billing_date)}`
      if (subscription.in_trial) return `${what}, in its trial, first payment${day(next_billing_date)}`
      return `${what}, active, renews${day(next_billing_date)}`
    case 'on_hold':
      return `${what}, on hold: the card was declined${day(on_hold_at)}`
    case 'cancelled':
      return `${what}, cancelled, ended${day(cancelled_at)}`
    default:
      return `${what}, ${status.replace('_', ' ')}`
  }
}
