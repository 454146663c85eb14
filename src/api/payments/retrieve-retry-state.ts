import { endpoint } from '#api/endpoint.ts'
import { readRetryState } from '#core/recovery/retry-payment.ts'
import { manualRetryStateSchema, manualRetryStateToWire } from '#wire/manual-retry.ts'

export const retrieveRetryStateEndpoint = endpoint(
  {
    method: 'get',
    path: '/payments/{payment_id}/retry',
    operation: 'retrieveRetryState',
    noun: 'Payments',
    summary: 'Whether a declined payment may be asked for once more',
    answer: manualRetryStateSchema,
  },
  async (ctx, { params }) => manualRetryStateToWire(await readRetryState(ctx, params.payment_id)),
)
