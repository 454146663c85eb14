import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { amount } from '#api/input/amount.ts'
import { text } from '#api/input/text.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { currencySchema } from '#wire/codes.ts'
import { walletSchema, walletToWire } from '#wire/wallet.ts'

export const createWalletEntryBody = z
  .object({
    amount: amount().min(1).openapi({ description: 'Minor units', example: 2500 }),
    currency: currencySchema,
    entry_type: z.enum(['credit', 'debit']).openapi({ description: 'credit pays in, debit takes out' }),
    reason: text({ max: 500 }).nullish(),
    idempotency_key: text({ max: 255 })
      .nullish()
      .openapi({ description: 'Sent again, the entry is not made again; the answer is the wallet as it is' }),
  })
  .openapi('CreateWalletEntry')

export const createWalletEntryEndpoint = endpoint(
  {
    method: 'post',
    path: '/customers/{customer_id}/wallets/ledger-entries',
    operation: 'createWalletEntry',
    noun: 'Wallets',
    summary: 'Pay into a customer’s wallet, or take out of it',
    description: 'A wallet cannot hold less than nothing: taking out more is refused.',
    body: createWalletEntryBody,
    example: { amount: 2500, currency: 'USD', entry_type: 'credit', reason: 'Goodwill', idempotency_key: 'case-4711' },
    answer: walletSchema,
    refusals: ['INSUFFICIENT_WALLET_FUNDS'],
  },
  async (ctx, { params, body: { reason = null, idempotency_key = null, ...entry } }) =>
    walletToWire(await adjustWallet(ctx, params.customer_id, { ...entry, reason, idempotency_key })),
)
