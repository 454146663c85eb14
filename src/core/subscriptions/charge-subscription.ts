// The merchant asks for money of a subscription that is charged on demand: one charge for each time it is asked for.
import { collectPayment } from '#core/payments/collect-payment.ts'
import { openDues } from '#core/payments/open-dues.ts'
import { hasOpenPayment, type Payment } from '#core/payments/queries.ts'
import { readItems } from '#core/subscriptions/lines.ts'
import { pricePeriod } from '#core/subscriptions/price-period.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import type { Metadata } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface Charge {
  /** Of a unit, before exclusive tax; minor units. */
  product_price: number
  /** Only the subscription's own; null: that. */
  product_currency: string | null
  /** On the invoice; null: the product's name. */
  product_description: string | null
  /** Null: the subscription's. */
  metadata: Metadata | null
  /** May the wallet pay what it can. */
  use_wallet: boolean
}

const WHOLE = { numerator: 1n, denominator: 1n }

/**
 * Declined is no error: the payment says so, nothing stays owed, and the subscription runs on.
 * Throws SUBSCRIPTION_NOT_ON_DEMAND, SUBSCRIPTION_INACTIVE, CHARGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION, PREVIOUS_PAYMENT_PENDING,
 * UNSUPPORTED_CURRENCY, TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT.
 */
export async function chargeSubscription(
  outer: BusinessCtx,
  subscription_id: string,
  charge: Charge,
): Promise<Payment> {
  const payment = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    await assertChargeable(ctx, subscription, charge)
    return openCharge(ctx, subscription, charge)
  })
  return collectPayment(outer, payment.payment_id)
}

async function assertChargeable(ctx: BusinessCtx, subscription: Subscription, charge: Charge): Promise<void> {
  const { on_demand, status, cancel_at_next_billing_date, currency, subscription_id } = subscription
  if (!on_demand) throw new AppError('SUBSCRIPTION_NOT_ON_DEMAND')
  if (status !== 'active') throw new AppError('SUBSCRIPTION_INACTIVE')
  if (cancel_at_next_billing_date) throw new AppError('CHARGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION')
  if (charge.product_currency !== null && charge.product_currency !== currency) {
    throw new AppError('UNSUPPORTED_CURRENCY', { message: `The subscription is charged in ${currency}` })
  }
  if (await hasOpenPayment(ctx, subscription_id)) throw new AppError('PREVIOUS_PAYMENT_PENDING')
}

async function openCharge(ctx: BusinessCtx, subscription: Subscription, charge: Charge): Promise<Payment> {
  const { subscription_id, customer_id, currency, tax_inclusive, payment_method_id, billing } = subscription
  const { product_price: unit_price, product_description, use_wallet } = charge
  const [plan] = await readItems(ctx, subscription, { addons: false })
  if (plan === undefined) throw new Error('a subscription has a product')
  const item = { ...plan, unit_price, description: product_description ?? plan.description }
  // The whole of it, at the tax of today: it is for no time of its own, and the codes of the checkout were for the first charge.
  const amounts = await pricePeriod(ctx, subscription, [item], { start: ctx.clock.now(), share: WHOLE, discounts: [] })
  if (amounts.total < processorFor(ctx).minimumAmount(currency)) {
    throw new AppError('TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT')
  }
  const owed = {
    reason_key: `charge:${subscription_id}:${newId('dues', ctx.wall.now().epochMilliseconds)}`,
    kind: 'on_demand' as const,
    ...{ customer_id, subscription_id, checkout_id: null, currency, tax_inclusive },
    ...amounts,
    ...{ payment_method_id, billing, metadata: charge.metadata ?? subscription.metadata },
  }
  const payment = await openDues(ctx, owed, { carried: false, funds: use_wallet })
  if (payment === undefined) throw new Error('each charge has a reason of its own')
  return payment
}
