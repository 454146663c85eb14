// From what an address has to what the page says of it.
import type { Place, PlacedEntry } from '#core/addresses/list-places.ts'
import type { Locale } from '#i18n/locales.ts'
import { translator } from '#i18n/translator.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { pageBusiness } from '#portal/business-page.ts'
import type { PlacedRow } from '#portal/businesses/billing-page.tsx'
import type { Merchant } from '#portal/businesses/businesses-page.tsx'
import type { Holding } from '#portal/businesses/holding-item.tsx'
import { isPast } from '#portal/subscriptions/subscription-summary.tsx'
import { inReadingOrder, summarize } from '#portal/subscriptions/summarize.ts'

export function merchantsOf(places: readonly Place[], locale: Locale): Merchant[] {
  return places.map((place) => {
    const { ctx, customer_id, name, subscriptions } = place
    const { business_id, archived_at, timezone } = ctx.business
    const siblings = places.filter((other) => other.ctx.business.business_id === business_id)
    const shown = inReadingOrder(subscriptions).map((subscription) =>
      summarize(subscription, { ...place, methods: [] }),
    )
    const running = shown.filter((subscription) => !isPast(subscription))
    return {
      business: pageBusiness(ctx),
      customer_id,
      customer_name: siblings.length > 1 ? name : null,
      archived: archived_at !== null,
      running: running.map(({ product_name }) => product_name),
      past: shown.length - running.length,
      next_payment: nextPaymentOf(place),
      i18n: translator(locale, timezone),
    }
  })
}

/** The first to come of all that run there. */
function nextPaymentOf({ subscriptions, next }: Place): Merchant['next_payment'] {
  const [first] = subscriptions
    .flatMap((subscription) => {
      const payment = subscription.status === 'active' ? next.get(subscription.subscription_id) : undefined
      return payment === undefined ? [] : [{ ...payment, currency: subscription.currency }]
    })
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
  if (first === undefined) return null
  const { amount, currency, at, plus_usage } = first
  return { amount, currency, at, plus_usage }
}

/** What runs first, whoever it is with. */
export function holdingsOf(places: readonly Place[], locale: Locale): Holding[] {
  const all = places.flatMap((place): Holding[] =>
    inReadingOrder(place.subscriptions).map((each) => {
      const subscription = summarize(each, { ...place, methods: [] })
      const { business_id, name: business_name, timezone } = place.ctx.business
      const { customer_id } = place
      const i18n = translator(locale, timezone)
      return { subscription, business_id, business_name, customer_id, is_past: isPast(subscription), i18n }
    }),
  )
  return all.sort((a, b) => Number(a.is_past) - Number(b.is_past))
}

export function placedRows(entries: readonly PlacedEntry[]): PlacedRow[] {
  return entries.flatMap(({ ctx, entry }) => {
    const { business_id, name: business_name } = ctx.business
    return billingRows([entry]).map((row) => ({ row, business_id, business_name }))
  })
}
