// Who did what, when: one row in the transaction of the deed.
import { writer } from '#core/together/rows.ts'
import { together } from '#core/together/together.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface AuditEntry {
  /** noun.verb: 'subscription.cancelled' */
  action: string
  resource_id: string
  customer_id: string | null
  details?: Record<string, string | number | boolean | null>
}

export async function recordAudit(ctx: BusinessCtx, entry: AuditEntry): Promise<void> {
  const wall = ctx.wall.now()
  await together(ctx, insertEntries, {
    audit_id: newId('audit_entry', wall.epochMilliseconds),
    actor_type: ctx.actor.type,
    actor_id: ctx.actor.id,
    action: entry.action,
    resource_id: entry.resource_id,
    customer_id: entry.customer_id,
    details: entry.details ?? {},
    occurred_at: ctx.clock.now(),
    recorded_at: wall,
  })
}

const insertEntries = writer('audit_entries')
