import { listOpenDues, type OpenDues as OpenDuesRow } from '#core/payments/list-open-dues.ts'
import type { OpenDues } from '#portal/overview/dues-banner.tsx'
import type { BusinessCtx } from '#src/context.ts'

/** What is owed on running subscriptions, as the banner says it. */
export async function openDues(ctx: BusinessCtx, customer_id: string, subscription_id?: string): Promise<OpenDues[]> {
  return (await listOpenDues(ctx, customer_id, subscription_id)).map(describe)
}

function describe(dues: OpenDuesRow): OpenDues {
  return {
    amount: dues.total,
    currency: dues.currency,
    product_name: dues.description,
    state: dues.status === 'processing' ? 'checking' : 'declined',
    error_code: dues.error_code,
    next_attempt_at: null,
    pay_href: null,
  }
}
