// What an order of the merchant's own server answers: what was begun, and where it is paid.
import { z } from '@hono/zod-openapi'
import type { Ordered } from '#core/checkout/order-directly.ts'
import { needsMethod } from '#core/checkout/write-order.ts'
import type { Urls } from '#src/urls.ts'
import { type CustomerBriefRow, customerBriefSchema, customerBriefToWire } from './customer.ts'
import { emptySchema } from './list.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339 } from './rfc3339.ts'

const common = {
  customer: customerBriefSchema,
  metadata: metadataSchema,
  payment_link: z.string().nullable().openapi({
    description: 'The page on which the customer pays; null where a saved method was charged',
    example: 'https://billing.example.com/checkout/cks_0gyTS0cXh6uRf4LmW2yEa',
  }),
  expires_on: z.string().nullable().openapi({ description: 'Until when payment_link can be used' }),
  discount_id: z.string().nullable().openapi({ description: 'The first discount' }),
  discount_ids: z.array(z.string()).openapi({ description: 'In the order they apply' }),
}

export const subscriptionOrderSchema = z
  .object({
    subscription_id: z.string().openapi({ example: 'sub_0gyTRk8Lw3vXn5TbC6yHq' }),
    payment_id: z.string().openapi({ description: 'The first payment; empty while nothing is due' }),
    payment_method_required: z.boolean().openapi({
      description: 'False where it can begin with no card: nothing is ever charged, or the price allows it',
    }),
    recurring_pre_tax_amount: z.int().openapi({ description: 'Each billing period, before tax, in minor units' }),
    trial_amount: z
      .int()
      .nullable()
      .openapi({ description: 'For a unit of a paid trial: after discounts, before tax; else null' }),
    addons: z.array(z.object({ addon_id: z.string(), quantity: z.int() })),
    one_time_product_cart: z.array(z.object({ product_id: z.string(), quantity: z.int() })),
    client_secret: emptySchema('The secret of an embedded checkout'),
    ...common,
  })
  .openapi('SubscriptionOrder')

export const paymentOrderSchema = z
  .object({
    payment_id: z.string().openapi({ example: 'pay_0gyTRpV4bQ9zMd1HxK8tW' }),
    total_amount: z.int().openapi({ description: 'With tax, in minor units', example: 4900 }),
    product_cart: z.array(z.object({ product_id: z.string(), quantity: z.int(), amount: z.int().nullable() })),
    client_secret: z.string().openapi({ description: 'Of an embedded checkout; always empty' }),
    ...common,
  })
  .openapi('PaymentOrder')

export const chargeSchema = z
  .object({ payment_id: z.string().openapi({ example: 'pay_0gyTRpV4bQ9zMd1HxK8tW' }) })
  .openapi('Charge')

export type WireSubscriptionOrder = z.output<typeof subscriptionOrderSchema>
export type WirePaymentOrder = z.output<typeof paymentOrderSchema>

type Row = Ordered & { customer: CustomerBriefRow }

export function subscriptionOrderToWire(row: Row, urls: Urls): WireSubscriptionOrder {
  const { cart, checkout, subscription_id, payment } = row
  const { subscription } = cart
  if (subscription === undefined || subscription_id === null) throw new Error('a subscription was ordered')
  const { recurring_pre_tax_amount, trial_amount, addons } = subscription
  return {
    subscription_id,
    payment_id: payment?.payment_id ?? '',
    payment_method_required: needsMethod(cart),
    recurring_pre_tax_amount,
    trial_amount,
    addons: addons.map(({ addon_id, quantity }) => ({ addon_id, quantity })),
    one_time_product_cart: checkout.product_cart.slice(1).map(({ product_id, quantity }) => ({ product_id, quantity })),
    client_secret: null,
    ...commonToWire(row, urls),
  }
}

export function paymentOrderToWire(row: Row, urls: Urls): WirePaymentOrder {
  const { cart, checkout, payment } = row
  if (payment === undefined) throw new Error('what is bought once is paid once')
  return {
    payment_id: payment.payment_id,
    total_amount: cart.dues.total,
    product_cart: checkout.product_cart.map(({ product_id, quantity, amount }) => ({ product_id, quantity, amount })),
    client_secret: '',
    ...commonToWire(row, urls),
  }
}

function commonToWire({ checkout, customer, cart, waits }: Row, urls: Urls) {
  return {
    customer: customerBriefToWire(customer),
    metadata: checkout.metadata,
    payment_link: waits ? urls.checkout(checkout.checkout_id) : null,
    expires_on: waits ? rfc3339(checkout.expires_at) : null,
    discount_id: cart.discounts[0]?.discount_id ?? null,
    discount_ids: cart.discounts.map(({ discount_id }) => discount_id),
  }
}
