import { z } from '@hono/zod-openapi'
import { type Currency, currencySchema, type TaxCategory, taxCategorySchema } from './codes.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'
import { subscriptionSchema, subscriptionToWire } from './subscription.ts'

export const prorationModeSchema = z
  .enum(['prorated_immediately', 'full_immediately', 'difference_immediately', 'do_not_bill'])
  .openapi('ProrationBillingMode', { example: 'prorated_immediately' })

export const effectiveAtSchema = z.enum(['immediately', 'next_billing_date']).openapi('EffectiveAt')

export const onPaymentFailureSchema = z.enum(['prevent_change', 'apply_change']).openapi('OnPaymentFailure')

const nullText = (description: string) => z.string().nullable().openapi({ description })

/** Null where the saved method is charged, or nothing: then there is nothing to lead the customer to. */
export const planChangeAnswerSchema = z
  .object({
    payment_id: nullText(
      'Of the payment the customer has to make; null where the saved method is charged. A try after a decline is another one',
    ),
    payment_link: nullText('Where the customer makes it'),
    client_secret: nullText('Always null'),
    expires_on: nullText('When the link stops working'),
  })
  .openapi('ChangePlanAnswer')

export type WirePlanChangeAnswer = z.output<typeof planChangeAnswerSchema>

interface Collected {
  payment_id: string
  payment_link: string
  expires_at: Temporal.Instant
}

export function planChangeAnswer(collected?: Collected): WirePlanChangeAnswer {
  return {
    payment_id: collected?.payment_id ?? null,
    payment_link: collected?.payment_link ?? null,
    client_secret: null,
    expires_on: collected === undefined ? null : rfc3339(collected.expires_at),
  }
}

const lineBase = {
  id: z.string().openapi({ description: 'The product or add-on' }),
  currency: currencySchema,
  unit_price: z.int().openapi({ description: 'Of a whole period; negative where it is given back', example: 8000 }),
  quantity: z.int().openapi({ example: 1 }),
  proration_factor: z.number().openapi({ description: 'The share of a period, from 0 to 1', example: 0.5 }),
  description: z.string().nullable(),
  tax: z.int(),
  tax_inclusive: z.boolean(),
}

const previewLineSchema = z.discriminatedUnion('type', [
  z.object({
    ...lineBase,
    type: z.literal('subscription'),
    product_id: z.string(),
    name: z.string().nullable(),
    tax_rate: z.number().nullable(),
  }),
  z.object({
    ...lineBase,
    type: z.literal('addon'),
    name: z.string(),
    tax_category: taxCategorySchema,
    tax_rate: z.number(),
  }),
])

const summarySchema = z.object({
  currency: currencySchema,
  total_amount: z.int().openapi({ description: 'Charged to the payment method now, in minor units', example: 2500 }),
  tax: z.int().nullable(),
  customer_credits: z
    .int()
    .openapi({ description: 'Positive: credit granted. Negative: what credit and the wallet pay of the change' }),
  settlement_amount: z.int(),
  settlement_currency: currencySchema,
  settlement_tax: z.int().nullable(),
})

export const planChangePreviewSchema = z
  .object({
    immediate_charge: z.object({
      effective_at: timeSchema('When the plan changes'),
      line_items: z.array(previewLineSchema),
      summary: summarySchema,
    }),
    new_plan: subscriptionSchema,
  })
  .openapi('ChangePlanPreview')

export type WirePlanChangePreview = z.output<typeof planChangePreviewSchema>

export interface PreviewLineRow {
  kind: 'product' | 'addon'
  product_id: string | null
  addon_id: string | null
  description: string
  quantity: number
  unit_price: number
  tax: number
  tax_rate: number | null
  tax_inclusive: boolean
  share: { numerator: bigint; denominator: bigint }
  /** Of an add-on. */
  tax_category: TaxCategory | null
}

export interface PreviewRow {
  effective_at: Temporal.Instant
  lines: readonly PreviewLineRow[]
  /** Minor units, before credit and the wallet pay a part of it. */
  charge: number
  /** Of the charge. */
  tax: number
  credit_applied: number
  wallet_applied: number
  /** Too small to be charged, it waits for the next invoice. */
  carried: number
  credit_granted: number
  new_plan: Parameters<typeof subscriptionToWire>[0]
}

export function planChangePreviewToWire(row: PreviewRow): WirePlanChangePreview {
  const { new_plan, charge } = row
  const paid = row.credit_applied + row.wallet_applied
  const currency = new_plan.currency as Currency
  const total_amount = charge - paid - row.carried
  return {
    immediate_charge: {
      effective_at: rfc3339(row.effective_at),
      line_items: row.lines.map((line) => lineToWire(line, currency)),
      summary: {
        currency,
        total_amount,
        tax: row.tax,
        customer_credits: row.credit_granted - paid,
        settlement_amount: total_amount,
        settlement_currency: currency,
        settlement_tax: row.tax,
      },
    },
    new_plan: subscriptionToWire(new_plan),
  }
}

function lineToWire(line: PreviewLineRow, currency: Currency) {
  const { quantity, unit_price, tax, tax_rate, tax_inclusive, share, product_id, addon_id, description: name } = line
  const proration_factor = Number(share.numerator) / Number(share.denominator)
  const same = { currency, unit_price, quantity, proration_factor, description: null, tax, tax_inclusive }
  if (line.kind === 'product' && product_id !== null) {
    return { ...same, type: 'subscription' as const, id: product_id, product_id, name, tax_rate }
  }
  const tax_category = line.tax_category ?? 'saas'
  return { ...same, type: 'addon' as const, id: addon_id ?? '', name, tax_category, tax_rate: tax_rate ?? 0 }
}
