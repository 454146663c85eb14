import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { listWalletEntries } from '#core/wallets/queries.ts'
import { currencySchema } from '#wire/codes.ts'
import { listSchema } from '#wire/list.ts'
import { walletEntrySchema, walletEntryToWire } from '#wire/wallet.ts'

export const listWalletEntriesQuery = z.object({
  ...pageParams,
  currency: currencySchema.optional().openapi({ description: 'Only this wallet' }),
})

export const listWalletEntriesEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/wallets/ledger-entries',
    operation: 'listWalletEntries',
    noun: 'Wallets',
    summary: 'List what moved a customer’s wallets',
    query: listWalletEntriesQuery,
    answer: listSchema(walletEntrySchema),
  },
  async (ctx, { params, query }) => {
    await getCustomer(ctx, params.customer_id)
    const entries = await listWalletEntries(ctx, params.customer_id, query.currency, query)
    return { items: entries.map(walletEntryToWire) }
  },
)
