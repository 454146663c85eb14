import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema } from './codes.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

const quoteLineSchema = z.object({
  product_id: z.string().nullable(),
  addon_id: z.string().nullable(),
  name: z.string(),
  quantity: z.int(),
  unit_price: z.int().openapi({ description: 'Of a whole period; negative where the old plan is given back' }),
  proration_factor: z.number().openapi({ description: 'The part of a period this line is for', example: 0.5 }),
  amount: z.int().openapi({ description: 'After discounts, before tax that is added' }),
  discount: z.int(),
  tax: z.int(),
  tax_rate: z.number().nullable(),
  tax_inclusive: z.boolean(),
})

export const quoteSchema = z
  .object({
    quote_id: z.string().openapi({ example: 'quo_0gyTRk8Lw3vXn5TbC6yHq' }),
    subscription_id: z.string(),
    currency: currencySchema,
    effective_at: timeSchema('When the plan changes'),
    expires_at: timeSchema('How long it can be confirmed'),
    lines: z.array(quoteLineSchema),
    charge: z.int().openapi({ description: 'Owed for the change, with tax, in minor units', example: 2500 }),
    credit_applied: z.int().openapi({ description: 'What the subscription’s credit pays of it' }),
    credit_granted: z.int().openapi({ description: 'Given back as credit instead' }),
    total: z
      .int()
      .openapi({ description: 'Asked of the payment method; wallet and credit paid the rest', example: 2500 }),
    next_billing_date: timeSchema('Once the change is made'),
    recurring_pre_tax_amount: z.int().openapi({ description: 'Each billing period from then on' }),
    created_at: timeSchema('When it was made'),
  })
  .openapi('PlanChangeQuote')

export const confirmedQuoteSchema = z
  .object({
    quote_id: z.string(),
    change_id: z.string().openapi({ example: 'chg_0gyTRk8Lw3vXn5TbC6yHq' }),
    status: z.enum(['scheduled', 'pending', 'applied', 'failed', 'cancelled', 'undone']).openapi({
      description: 'pending while nobody knows about its payment; failed where that was declined',
    }),
    effective_at: timeSchema('When the plan changes'),
  })
  .openapi('ConfirmedQuote')

export type QuoteRow = Selectable<DB['plan_change_quotes']>
type ChangeRow = Pick<Selectable<DB['plan_changes']>, 'change_id' | 'status' | 'effective_at'>

export function quoteToWire(row: QuoteRow): z.output<typeof quoteSchema> {
  const { quote_id, subscription_id, charge, credit_applied, credit_granted, total, recurring_pre_tax_amount } = row
  return {
    quote_id,
    subscription_id,
    currency: row.currency as Currency,
    effective_at: rfc3339(row.effective_at),
    expires_at: rfc3339(row.expires_at),
    lines: row.lines.map(lineToWire),
    ...{ charge, credit_applied, credit_granted, total },
    next_billing_date: rfc3339(row.next_billing_date),
    recurring_pre_tax_amount,
    created_at: rfc3339(row.created_at),
  }
}

export function confirmedQuoteToWire(quote_id: string, row: ChangeRow): z.output<typeof confirmedQuoteSchema> {
  const { change_id, status } = row
  return { quote_id, change_id, status, effective_at: rfc3339(row.effective_at) }
}

function lineToWire({ share, description, ...line }: QuoteRow['lines'][number]): z.output<typeof quoteLineSchema> {
  const { product_id, addon_id, quantity, unit_price, amount, discount, tax, tax_rate, tax_inclusive } = line
  const proration_factor = Number(share.numerator) / Number(share.denominator)
  const money = { quantity, unit_price, proration_factor, amount, discount, tax, tax_rate, tax_inclusive }
  return { product_id, addon_id, name: description, ...money }
}
