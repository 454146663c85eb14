import { hasEnded, isOverdue } from '#billing/status.ts'
import { listOpenDues, type OpenDues as OpenDuesRow } from '#core/payments/list-open-dues.ts'
import type { OpenDues } from '#portal/overview/dues-banner.tsx'
import type { BusinessCtx } from '#src/context.ts'

/** What is owed on running subscriptions, as the banner says it. */
export async function openDues(ctx: BusinessCtx, customer_id: string, subscription_id?: string): Promise<OpenDues[]> {
  return (await listOpenDues(ctx, customer_id, subscription_id)).map((dues) => describe(ctx, dues))
}

function describe(ctx: BusinessCtx, dues: OpenDuesRow): OpenDues {
  const { business_id } = ctx.business
  return {
    amount: dues.total,
    currency: dues.currency,
    product_name: dues.description,
    state: dues.unknown_since === null ? 'declined' : 'checking',
    error_code: dues.error_code,
    next_attempt_at: dues.next_retry_at,
    access: accessOf(dues),
    pay_href: canPay(dues) ? ctx.urls.portal.subscriptionPaymentMethod(business_id, dues.subscription_id) : null,
  }
}

function accessOf({ subscription_status, past_due_ends_at: until, past_due_action }: OpenDuesRow): OpenDues['access'] {
  if (subscription_status === 'on_hold') return { type: 'held' }
  if (subscription_status !== 'past_due' || until === null) return null
  return { type: past_due_action === 'cancel_subscription' ? 'until_cancelled' : 'until_held', until }
}

/** What a change of plan asks for while it runs is paid where the change is made. */
function canPay({ subscription_status: status }: OpenDuesRow): boolean {
  return isOverdue(status) || hasEnded(status)
}
