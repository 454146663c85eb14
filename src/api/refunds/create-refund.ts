import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { amount } from '#api/input/amount.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { id, text } from '#api/input/text.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { getRefund } from '#core/refunds/queries.ts'
import { refundSchema, refundToWire } from '#wire/refund.ts'

const refundItem = z.object({
  item_id: id().openapi({ description: 'The product or add-on of the line, as the payment’s line items name it' }),
  amount: amount()
    .nullable()
    .optional()
    .openapi({ description: 'Minor units; all that is left of the line where it is not given', example: 1000 }),
  tax_inclusive: z.boolean().default(true).openapi({ description: 'False: the line’s tax is given back besides' }),
})

export const createRefundBody = z.object({
  payment_id: id('pay_0gyTRpV4bQ9zMd1HxK8tW'),
  items: z
    .array(refundItem)
    .max(100)
    .nullable()
    .optional()
    .openapi({ description: 'Only of these lines; all that is left of the payment where none is named' }),
  reason: text({ max: 3000, lines: true }).nullable().optional(),
  metadata: metadataInput.default({}),
})

export const createRefundEndpoint = endpoint(
  {
    method: 'post',
    path: '/refunds',
    operation: 'createRefund',
    noun: 'Refunds',
    summary: 'Refund a payment',
    description:
      'Gives back a payment, or lines of it, to the method that paid. The plan, its dates and its access stay as they are. What ' +
      'the subscription’s credit paid, and what was given back as credit, cannot be refunded; a line for a part of a period goes ' +
      'back only with the whole payment. A request that the SDK sends again by itself is the same refund. How old a payment may be is for its processor to say.',
    body: createRefundBody,
    example: { payment_id: 'pay_0gyTRpV4bQ9zMd1HxK8tW', reason: 'Ordered by mistake' },
    repeat: 'heard',
    answer: refundSchema,
    refusals: [
      'NOT_FOUND',
      'PAYMENT_NOT_SUCCEEDED',
      'EXISTING_REFUND_REQUEST_PROCESSING',
      'PREVIOUS_PAYMENT_PENDING',
      'NOTHING_TO_REFUND',
      'PAYMENT_ALREADY_REFUNDED',
      'REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT',
      'ZERO_AMOUNT_PAYMENT_REFUND_NOT_ALLOWED',
      'LINE_ITEM_NOT_FOUND',
      'LINE_ITEM_PRORATED',
      'LINE_ITEM_FULLY_REFUNDED',
      'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH',
      'LINE_ITEM_REFUND_AMOUNT_TOO_LOW',
      'DUPLICATE_LINE_ITEMS_IN_REQUEST',
      'MAXIMUM_KEYS_REACHED',
    ],
  },
  async (ctx, { body: { payment_id, items, reason = null, metadata }, retried }) => {
    const named = (items ?? []).map((item) => ({ ...item, amount: item.amount ?? null }))
    const request = { payment_id, items: named.length === 0 ? null : named, reason, metadata, retried }
    const { refund_id } = await createRefund(ctx, request)
    return withBrand(ctx, refundToWire(await getRefund(ctx, refund_id)))
  },
)
