import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { quantity } from '#api/input/amount.ts'
import { notYet } from '#api/input/not-yet.ts'
import { onDemandInput, toOnDemand } from '#api/input/on-demand.ts'
import { oneTimeItem, orderFields, orderRefusals, toOrder } from '#api/input/order.ts'
import { id } from '#api/input/text.ts'
import { orderDirectly } from '#core/checkout/order-directly.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { orNull } from '#wire/list.ts'
import { subscriptionOrderSchema, subscriptionOrderToWire } from '#wire/order.ts'

export const createSubscriptionBody = z
  .object({
    product_id: id('pdt_0gyTR3kUe7pWz9QhV2sJn'),
    quantity: quantity(),
    addons: z
      .array(z.object({ addon_id: id(), quantity: quantity() }))
      .max(100)
      .nullish(),
    one_time_product_cart: z
      .array(oneTimeItem)
      .max(100)
      .nullish()
      .openapi({ description: 'Paid with the first payment' }),
    trial_period_days: z.int().min(0).max(10_000).nullish().openapi({ description: 'In place of the product’s' }),
    on_demand: orNull(onDemandInput).optional(),
    mandate_min_amount_inr_paise: notYet(z.int().nullish()),
    ...orderFields,
  })
  .openapi('CreateSubscription')

export const createSubscriptionEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions',
    operation: 'createSubscription',
    noun: 'Subscriptions',
    summary: 'Begin a subscription without a checkout of your own',
    description:
      'Deprecated by the published API in favour of checkouts, and served. The subscription is pending until it is paid: by the customer at payment_link, for 24 hours, or at once with a saved method. Declined, or not paid in time, it has failed.',
    differs:
      'pays at `payment_link` for 24 hours, or at once with `payment_method_id`; `payment_id` is empty while nothing is due; mandates in rupees are left to the processor',
    body: createSubscriptionBody,
    example: {
      product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn',
      quantity: 1,
      customer: { email: 'mara@example.com', name: 'Mara Lind' },
      billing: { country: 'SE' },
      payment_link: true,
      return_url: 'https://shop.example.com/thanks',
    },
    answer: subscriptionOrderSchema,
    refusals: ['CUSTOMER_HAS_EXISTING_SUBSCRIPTION', 'ADDONS_NOT_ALLOWED_FOR_ON_DEMAND', ...orderRefusals],
  },
  async (ctx, { body }) => {
    const { product_id, quantity, trial_period_days = null } = body
    const once = (body.one_time_product_cart ?? []).map((item) => ({
      ...item,
      addons: [],
      amount: item.amount ?? null,
    }))
    const product_cart = [{ product_id, quantity, addons: body.addons ?? [], amount: null }, ...once]
    const ordered = await orderDirectly(ctx, {
      ...toOrder(ctx, body),
      product_cart,
      trial_period_days,
      on_demand: toOnDemand(body.on_demand),
      sells: 'subscription',
    })
    const customer = await getCustomer(ctx, ordered.customer_id)
    return subscriptionOrderToWire({ ...ordered, customer }, ctx.urls)
  },
)
