import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { Facts } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Activity {
  audit_id: string
  /** noun.verb: 'subscription.cancelled' */
  action: string
  resource_id: string
  /** 'customer' and their id; else a key of the merchant, the operator, or Portico itself. */
  actor_type: string
  occurred_at: Temporal.Instant
  details: Facts
}

/** What was done for or by one customer, newest first; only the actions that are named. */
export async function listActivity(
  ctx: BusinessCtx,
  { customer_id, actions }: { customer_id: string; actions: readonly string[] },
  page: Page,
): Promise<Activity[]> {
  return from(ctx, 'audit_entries')
    .select(['audit_id', 'action', 'resource_id', 'actor_type', 'occurred_at', 'details'])
    .where('customer_id', '=', customer_id)
    .where('action', 'in', actions)
    .orderBy('occurred_at', 'desc')
    .orderBy('audit_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
