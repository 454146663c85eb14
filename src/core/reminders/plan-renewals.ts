import { sql } from 'kysely'
import type { BusinessCtx } from '#src/context.ts'

/** Reminding of renewals was switched on: those that run are looked at two days before their date, or at once. */
export async function planRenewals(ctx: BusinessCtx): Promise<void> {
  await sql`
    insert into reminders (business_id, kind, subscription_id, due_at)
    select business_id, 'upcoming_renewal', subscription_id, next_billing_date - interval '48 hours'
      from subscriptions
     where business_id = ${ctx.business.business_id} and status = 'active' and next_billing_date > ${ctx.clock.now()}
    on conflict (business_id, kind, subject_id) do update set due_at = excluded.due_at
  `.execute(ctx.db)
}
