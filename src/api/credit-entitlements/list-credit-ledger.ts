import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { pageParams } from '#api/input/query.ts'
import { getCreditBalance, listCreditLedger } from '#core/credit-entitlements/queries.ts'
import { creditLedgerEntrySchema, creditLedgerEntryToWire, transactionTypeSchema } from '#wire/credit-balance.ts'
import { listSchema } from '#wire/list.ts'

export const listCreditLedgerQuery = z.object({
  ...pageParams,
  transaction_type: transactionTypeSchema.optional(),
  start_date: instant().optional().openapi({ description: 'Written at this time or later' }),
  end_date: instant().optional().openapi({ description: 'Written at this time or earlier' }),
})

export const listCreditLedgerEndpoint = endpoint(
  {
    method: 'get',
    path: '/credit-entitlements/{credit_entitlement_id}/balances/{customer_id}/ledger',
    operation: 'listCreditLedger',
    noun: 'Credits',
    summary: 'List what moved a balance of credits',
    query: listCreditLedgerQuery,
    answer: listSchema(creditLedgerEntrySchema),
  },
  async (ctx, { params, query }) => {
    await getCreditBalance(ctx, params)
    const entries = await listCreditLedger(ctx, params, query, query)
    return { items: entries.map(creditLedgerEntryToWire) }
  },
)
