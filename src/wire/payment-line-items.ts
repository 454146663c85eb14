import { z } from '@hono/zod-openapi'
import { type Currency, currencySchema } from './codes.ts'

const lineItemSchema = z.object({
  items_id: z.string().openapi({ description: 'The product or add-on of the line, as a refund names it' }),
  name: z.string().nullable().openapi({ example: 'Studio, monthly' }),
  description: z.string().nullable(),
  amount: z.int().openapi({ description: 'Minor units, before exclusive tax', example: 2900 }),
  tax: z.int().openapi({ example: 0 }),
  refundable_amount: z
    .int()
    .openapi({ description: 'What can still be refunded of it by itself, with tax', example: 2900 }),
})

export const paymentLineItemsSchema = z
  .object({ currency: currencySchema, items: z.array(lineItemSchema) })
  .openapi('PaymentLineItems')

export interface LineItemRow {
  item_id: string
  description: string
  amount: number
  tax: number
  refundable_amount: number
}
export type WirePaymentLineItems = z.output<typeof paymentLineItemsSchema>

export function paymentLineItemsToWire(currency: string, lines: readonly LineItemRow[]): WirePaymentLineItems {
  return {
    currency: currency as Currency,
    items: lines.map(({ item_id, description, amount, tax, refundable_amount }) => ({
      items_id: item_id,
      name: description,
      description: null,
      amount,
      tax,
      refundable_amount,
    })),
  }
}
