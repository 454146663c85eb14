import { sql } from 'kysely'
import { getSettings } from '#core/businesses/queries.ts'
import { from } from '#core/scope.ts'
import { withPlan } from '#core/subscriptions/with-plan.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface ErasurePreview {
  /** What must be cancelled first. */
  running: { subscription_id: string; product_name: string }[]
  /** A payment is being checked, and would write the person back. */
  payment_pending: boolean
  /** Issued invoices, and the day until which the last of them says whose it was; null where none was issued. */
  invoices: { count: number; kept_until: Temporal.PlainDate } | null
}

/** What stands in the way of deleting a customer's data, and what of it is kept. Writes nothing. */
export async function previewErasure(ctx: BusinessCtx, customer_id: string): Promise<ErasurePreview> {
  const [running, pending, issued, { invoice_retention_years: years }] = await Promise.all([
    withPlan(ctx)
      .select(['subscriptions.subscription_id', 'products.name as product_name'])
      .where('subscriptions.customer_id', '=', customer_id)
      .where('subscriptions.status', 'in', ['active', 'on_hold', 'past_due', 'paused'])
      .orderBy('subscriptions.subscription_id')
      .execute(),
    from(ctx, 'payments')
      .select('payment_id')
      .where('customer_id', '=', customer_id)
      .where('settled_at', 'is', null)
      .executeTakeFirst(),
    from(ctx, 'invoices')
      .select([sql<number>`count(*)::int`.as('count'), sql<Temporal.Instant | null>`max(issued_at)`.as('last')])
      .where('customer_id', '=', customer_id)
      .executeTakeFirstOrThrow(),
    getSettings(ctx),
  ])
  const { last, count } = issued
  const kept = last?.toZonedDateTimeISO(ctx.business.timezone).add({ years }).toPlainDate()
  return {
    running,
    payment_pending: pending !== undefined,
    invoices: kept === undefined ? null : { count, kept_until: kept },
  }
}
