import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { decimal } from '#api/input/decimal.ts'
import { instant } from '#api/input/instant.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { text } from '#api/input/text.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { newCreditLedgerEntrySchema, newCreditLedgerEntryToWire } from '#wire/credit-balance.ts'

export const createCreditEntryBody = z
  .object({
    amount: decimal('Above 0, with as many places as the entitlement counts'),
    entry_type: z.enum(['credit', 'debit']).openapi({ description: 'credit adds, debit uses up' }),
    expires_at: instant().nullish().openapi({ description: 'When what is added is lost' }),
    idempotency_key: text({ max: 255 })
      .nullish()
      .openapi({ description: 'Sent again, the entry is not made again; the answer is the first one' }),
    metadata: metadataInput.nullish(),
    reason: text({ max: 500 }).nullish(),
  })
  .openapi('CreateCreditEntry')

export const createCreditEntryEndpoint = endpoint(
  {
    method: 'post',
    path: '/credit-entitlements/{credit_entitlement_id}/balances/{customer_id}/ledger-entries',
    operation: 'createCreditEntry',
    noun: 'Credits',
    summary: 'Add to a customer’s credits, or use some up',
    description: 'What expires first is used first. More than there is becomes overage where the terms allow it.',
    body: createCreditEntryBody,
    example: { amount: '25', entry_type: 'debit', reason: 'Render of 12 April', idempotency_key: 'render-4711' },
    answer: newCreditLedgerEntrySchema,
    status: 201,
    refusals: ['NEGATIVE_BALANCE_ADJUSTMENT'],
  },
  async (ctx, { params, body }) => {
    const { amount, entry_type, expires_at = null, idempotency_key = null, metadata, reason = null } = body
    const rest = { amount, entry_type, expires_at, idempotency_key, metadata: metadata ?? {}, reason }
    return newCreditLedgerEntryToWire(await adjustCredits(ctx, { ...params, ...rest }))
  },
)
