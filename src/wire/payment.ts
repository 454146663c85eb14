import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Urls } from '#src/urls.ts'
import { billingAddressSchema, billingAddressToWire } from './billing-address.ts'
import { type Country, type Currency, countrySchema, currencySchema } from './codes.ts'
import { customFieldResponsesSchema } from './custom-field-responses.ts'
import { type CustomerBriefRow, customerBriefSchema, customerBriefToWire } from './customer.ts'
import { type DiscountDetailRow, discountDetailSchema, discountDetailToWire } from './discount.ts'
import { type DisputeRow, disputeSchema, disputeToWire } from './dispute.ts'
import { orNull } from './list.ts'
import { metadataSchema } from './metadata.ts'
import { methodTypeOf, paymentMethodTypeSchema } from './payment-method.ts'
import { type RefundRow, refundListItemSchema, refundListItemToWire } from './refund.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const intentStatusSchema = z
  .enum(['processing', 'requires_customer_action', 'succeeded', 'failed', 'cancelled'])
  .openapi('PaymentStatus', { example: 'succeeded' })

/** What a payment says both alone and in a list. */
export const paymentBase = {
  payment_id: z.string().openapi({ example: 'pay_0gyTRpV4bQ9zMd1HxK8tW' }),
  brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
  status: intentStatusSchema,
  total_amount: z.int().openapi({ description: 'Charged, with tax, in minor units', example: 2900 }),
  currency: currencySchema,
  customer: customerBriefSchema,
  subscription_id: z.string().nullable().openapi({ description: 'null for a one-time purchase' }),
  subscription_ids: z.array(z.string()),
  is_multi_subscription: z.boolean(),
  payment_provider: z
    .enum(['stripe', 'adyen', 'dodo'])
    .openapi({ description: 'dodo stands for the built-in sandbox' }),
  payment_method: z.enum(['card', 'upi']).nullable(),
  payment_method_type: paymentMethodTypeSchema.nullable(),
  card_network: z.string().nullable().openapi({ example: 'VISA' }),
  card_last_four: z.string().nullable().openapi({ example: '4242' }),
  invoice_id: z.string().nullable().openapi({ description: 'null until it has succeeded' }),
  invoice_url: z.string().nullable().openapi({
    description: 'The invoice as PDF; opens without an API key for 30 days, and may be handed to the customer',
  }),
  refund_status: z.enum(['partial', 'full']).nullable().openapi({ description: 'null while nothing was given back' }),
  digital_products_delivered: z.boolean(),
  metadata: metadataSchema,
  created_at: timeSchema('When it was begun'),
}

export const paymentSchema = z
  .object({
    ...paymentBase,
    business_id: z.string(),
    billing: billingAddressSchema,
    tax: z.int().openapi({ description: 'Part of total_amount', example: 0 }),
    settlement_amount: z.int().openapi({ description: 'The same as total_amount: nothing is converted' }),
    settlement_currency: currencySchema,
    settlement_tax: z.int(),
    payment_method_id: z.string().nullable().openapi({ description: 'The saved method it was charged to' }),
    card_holder_name: z.string().nullable(),
    card_issuing_country: orNull(countrySchema),
    card_type: z.string().nullable().openapi({ example: 'CREDIT' }),
    product_cart: z
      .array(z.object({ product_id: z.string(), quantity: z.int() }))
      .nullable()
      .openapi({ description: 'What a one-time purchase bought' }),
    checkout_session_id: z.string().nullable(),
    payment_link: z.string().nullable().openapi({ description: 'The page of its checkout' }),
    is_update_payment_method: z.boolean(),
    retry_attempt: z.int().openapi({ description: '0 for what was not a retry, then 1, 2, …', example: 0 }),
    error_code: z.string().nullable().openapi({ example: 'INSUFFICIENT_FUNDS' }),
    error_message: z.string().nullable(),
    refunds: z.array(refundListItemSchema),
    disputes: z.array(disputeSchema),
    discount_id: z.string().nullable().openapi({ description: 'The first discount' }),
    discounts: z.array(discountDetailSchema).openapi({ description: 'In the order they applied' }),
    custom_field_responses: customFieldResponsesSchema,
    updated_at: timeSchema('When it last changed'),
  })
  .openapi('Payment')

export type PaymentRow = Selectable<DB['payments']> & {
  customer: CustomerBriefRow
  provider: WirePayment['payment_provider']
  invoice_id: string | null
  /** By the payment method and the wallet, in minor units. */
  paid_total: number
  /** Of that, given back so far. */
  refunded: number
}
export type WholePaymentRow = PaymentRow & {
  products: { product_id: string; quantity: number }[]
  refunds: RefundRow[]
  disputes: DisputeRow[]
  discounts: DiscountDetailRow[]
}
export type WirePayment = z.output<typeof paymentSchema>

/** Addresses of what is told. */
export interface PaymentUrls {
  urls: Urls
  invoiceUrl: (payment_id: string) => string
}

export function paymentBaseToWire(row: PaymentRow, { invoiceUrl }: PaymentUrls) {
  return {
    payment_id: row.payment_id,
    brand_id: row.business_id,
    status: row.status,
    total_amount: row.total_amount,
    currency: row.currency as Currency,
    customer: customerBriefToWire(row.customer),
    subscription_id: row.subscription_id,
    subscription_ids: row.subscription_id === null ? [] : [row.subscription_id],
    is_multi_subscription: false,
    payment_provider: row.provider,
    payment_method: row.payment_method,
    payment_method_type: methodTypeOf(row.payment_method, row.card_type),
    card_network: row.card_network?.toUpperCase() ?? null,
    card_last_four: row.card_last_four,
    invoice_id: row.invoice_id,
    invoice_url: row.invoice_id === null ? null : invoiceUrl(row.payment_id),
    refund_status: refundStatusOf(row),
    digital_products_delivered: false,
    metadata: row.metadata,
    created_at: rfc3339(row.created_at),
  }
}

export function paymentToWire(row: WholePaymentRow, addresses: PaymentUrls): WirePayment {
  return {
    ...paymentBaseToWire(row, addresses),
    business_id: row.business_id,
    billing: billingAddressToWire(row.billing),
    tax: row.tax,
    settlement_amount: row.total_amount,
    settlement_currency: row.currency as Currency,
    settlement_tax: row.tax,
    payment_method_id: row.payment_method_id,
    card_holder_name: row.card_holder_name,
    card_issuing_country: row.card_issuing_country as Country | null,
    card_type: row.card_type?.toUpperCase() ?? null,
    product_cart: row.subscription_id === null ? row.products : null,
    checkout_session_id: row.checkout_id,
    payment_link: row.checkout_id === null ? null : addresses.urls.checkout(row.checkout_id),
    is_update_payment_method: false,
    retry_attempt: row.retry_attempt,
    error_code: row.error_code,
    error_message: row.error_message,
    refunds: row.refunds.map((refund) => refundListItemToWire(refund, row)),
    disputes: row.disputes.map(disputeToWire),
    discount_id: row.discounts[0]?.discount_id ?? null,
    discounts: row.discounts.map(discountDetailToWire),
    custom_field_responses: row.custom_field_responses,
    updated_at: rfc3339(row.updated_at),
  }
}

function refundStatusOf({ refunded, paid_total }: PaymentRow): WirePayment['refund_status'] {
  if (refunded === 0) return null
  return refunded < paid_total ? 'partial' : 'full'
}
