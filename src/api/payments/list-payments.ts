import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { brandParam, createdParams, pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { brandColumn } from '#core/brands/queries.ts'
import { withBrands } from '#core/brands/with-brands.ts'
import { paymentUrls } from '#core/invoices/invoice-link.ts'
import { withPaymentFacts } from '#core/payments/payment-details.ts'
import { listPayments } from '#core/payments/queries.ts'
import { currencySchema } from '#wire/codes.ts'
import { listSchema } from '#wire/list.ts'
import { intentStatusSchema } from '#wire/payment.ts'
import { paymentListItemSchema, paymentListItemToWire } from '#wire/payment-list-item.ts'

/** States of the API in which a payment here never is. */
const neverHere = z.enum([
  'requires_merchant_action',
  'requires_payment_method',
  'requires_confirmation',
  'requires_capture',
  'partially_captured',
  'partially_captured_and_capturable',
])

export const listPaymentsQuery = z.object({
  ...pageParams,
  customer_id: id().optional().openapi({ description: 'Only this customer’s' }),
  subscription_id: id().optional().openapi({ description: 'Only of this subscription' }),
  product_id: id().optional().openapi({ description: 'Only for this product' }),
  currency: currencySchema.optional(),
  status: z.enum([...intentStatusSchema.options, ...neverHere.options]).optional(),
  ...createdParams,
  ...brandParam,
})

export const listPaymentsEndpoint = endpoint(
  {
    method: 'get',
    path: '/payments',
    operation: 'listPayments',
    noun: 'Payments',
    summary: 'List payments',
    query: listPaymentsQuery,
    answer: listSchema(paymentListItemSchema),
  },
  async (ctx, { query: { status: asked, ...query } }) => {
    const status = asked === undefined ? undefined : intentStatusSchema.safeParse(asked).data
    if (status !== asked) return { items: [] }
    const filter = { ...query, status, brand_id: brandColumn(ctx, query.brand_id) }
    const payments = await withPaymentFacts(ctx, await listPayments(ctx, filter, query))
    const addresses = paymentUrls(ctx)
    const told = payments.map((payment) => paymentListItemToWire(payment, addresses))
    return { items: await withBrands(ctx, told) }
  },
)
