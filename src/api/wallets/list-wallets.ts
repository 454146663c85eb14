import { endpoint } from '#api/endpoint.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { listWallets } from '#core/wallets/queries.ts'
import { walletsSchema, walletToWire } from '#wire/wallet.ts'

export const listWalletsEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/wallets',
    operation: 'listWallets',
    noun: 'Wallets',
    summary: 'List a customer’s wallets',
    differs: 'nothing is converted: `total_balance_usd` is the wallet in USD',
    description: 'A wallet pays invoices in its currency before the payment method does. Nothing is converted.',
    answer: walletsSchema,
  },
  async (ctx, { params }) => {
    await getCustomer(ctx, params.customer_id)
    const wallets = await listWallets(ctx, params.customer_id)
    const total_balance_usd = wallets.find(({ currency }) => currency === 'USD')?.balance ?? 0
    return { items: wallets.map(walletToWire), total_balance_usd }
  },
)
