import type { PaymentMethod } from '#core/payment-methods/queries.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'

/** Whether the subscription's own method can be charged at all; a card is good to the end of its month. */
export function methodProblem(
  { payment_method_id }: Pick<SubscriptionListed, 'payment_method_id'>,
  methods: readonly PaymentMethod[],
  now: Temporal.Instant,
): 'missing' | 'expired' | null {
  const method = methods.find((each) => each.payment_method_id === payment_method_id)
  if (method === undefined) return 'missing'
  const { expiry_month, expiry_year } = method
  if (expiry_month === null || expiry_year === null) return null
  const { year, month } = now.toZonedDateTimeISO('UTC')
  return expiry_year * 12 + expiry_month < year * 12 + month ? 'expired' : null
}
