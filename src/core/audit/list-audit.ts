import type { Selectable } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type AuditRow = Selectable<DB['audit_entries']>

export interface AuditFilter {
  customer_id?: string | undefined
  resource_id?: string | undefined
  /** 'subscription.cancelled' */
  action?: string | undefined
  /** On the wall's clock. */
  recorded_at_gte?: Temporal.Instant | undefined
  recorded_at_lte?: Temporal.Instant | undefined
}

/** What was done at a business, the latest first: ids are in the order in which they were made. */
export async function listAudit(ctx: BusinessCtx, filter: AuditFilter, page: Page): Promise<AuditRow[]> {
  const { customer_id, resource_id, action, recorded_at_gte, recorded_at_lte } = filter
  let query = from(ctx, 'audit_entries').selectAll()
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (resource_id !== undefined) query = query.where('resource_id', '=', resource_id)
  if (action !== undefined) query = query.where('action', '=', action)
  if (recorded_at_gte !== undefined) query = query.where('recorded_at', '>=', recorded_at_gte)
  if (recorded_at_lte !== undefined) query = query.where('recorded_at', '<=', recorded_at_lte)
  return query.orderBy('audit_id', 'desc').limit(page.page_size).offset(offsetOf(page)).execute()
}
