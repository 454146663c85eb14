import { withPlan } from '#core/subscriptions/with-plan.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The names of what a method pays for and goes on paying for, oldest first. */
export async function listPlansPaidWith(ctx: BusinessCtx, payment_method_id: string): Promise<string[]> {
  const rows = await withPlan(ctx)
    .select('products.name')
    .where('payment_method_id', '=', payment_method_id)
    .where('status', 'in', ['active', 'past_due', 'on_hold', 'paused'])
    .where('cancel_at_next_billing_date', '=', false)
    .orderBy('subscriptions.created_at')
    .execute()
  return rows.map(({ name }) => name)
}
