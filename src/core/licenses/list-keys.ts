import type { LicenseKeyInstance, LicenseKeyRow } from '#core/licenses/queries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface LicenseKeyFilter {
  customer_id?: string
  product_id?: string
  status?: LicenseKeyRow['status']
  source?: LicenseKeyRow['source']
  created_at_gte?: Temporal.Instant
  created_at_lte?: Temporal.Instant
}

export async function listKeys(ctx: BusinessCtx, filter: LicenseKeyFilter, page: Page): Promise<LicenseKeyRow[]> {
  let query = from(ctx, 'license_keys').selectAll()
  for (const column of ['customer_id', 'product_id', 'status', 'source'] as const) {
    const value = filter[column]
    if (value !== undefined) query = query.where(column, '=', value as never)
  }
  if (filter.created_at_gte !== undefined) query = query.where('created_at', '>=', filter.created_at_gte)
  if (filter.created_at_lte !== undefined) query = query.where('created_at', '<=', filter.created_at_lte)
  return query
    .orderBy('created_at', 'desc')
    .orderBy('license_key_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

/** The devices, newest first: of one key, or of the key that one grant delivered. */
export async function listInstances(
  ctx: BusinessCtx,
  filter: { license_key_id?: string | undefined; grant_id?: string | undefined },
  page: Page,
): Promise<LicenseKeyInstance[]> {
  let query = from(ctx, 'license_key_instances').selectAll()
  if (filter.license_key_id !== undefined) query = query.where('license_key_id', '=', filter.license_key_id)
  if (filter.grant_id !== undefined) {
    const granted = from(ctx, 'entitlement_grants').select('license_key_id').where('grant_id', '=', filter.grant_id)
    query = query.where('license_key_id', 'in', granted as never)
  }
  return query
    .orderBy('created_at', 'desc')
    .orderBy('license_key_instance_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
