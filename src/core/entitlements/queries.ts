import type { Grant } from '#core/entitlements/store.ts'
import { type FileFacts, readFilesOf, type ToldFile, tellFile, withFiles } from '#core/files/queries.ts'
import type { LicenseKeyRow } from '#core/licenses/queries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import type { Entitlement } from './store.ts'

export type { Entitlement, Grant } from '#core/entitlements/store.ts'

/** With the files it delivers. */
export type EntitlementWhole = Entitlement & { files: ToldFile[] }

/** A deleted one is not found. */
export async function getEntitlement(ctx: BusinessCtx, entitlement_id: string): Promise<EntitlementWhole> {
  const rows = await from(ctx, 'entitlements')
    .selectAll()
    .where('entitlement_id', '=', entitlement_id)
    .where('deleted_at', 'is', null)
    .execute()
  const [entitlement] = await withFiles(ctx, rows)
  if (entitlement === undefined) throw notFound('entitlement')
  return entitlement
}

export async function listEntitlements(
  ctx: BusinessCtx,
  filter: { integration_type?: Entitlement['integration_type'] | undefined },
  page: Page,
): Promise<EntitlementWhole[]> {
  let query = from(ctx, 'entitlements').selectAll().where('deleted_at', 'is', null)
  if (filter.integration_type !== undefined) query = query.where('integration_type', '=', filter.integration_type)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('entitlement_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
  return withFiles(ctx, rows)
}

/** A grant with what it is of and the key it delivered; with the files only while it is delivered. */
export type GrantWhole = Grant & { entitlement: EntitlementWhole; license_key: LicenseKeyRow | null }

export interface GrantFilter {
  entitlement_id?: string | undefined
  customer_id?: string | undefined
  status?: Grant['status'] | undefined
  integration_type?: Entitlement['integration_type'] | undefined
}

/** Newest first; all of them where no page is named. */
export async function listGrants(ctx: BusinessCtx, filter: GrantFilter, page?: Page): Promise<GrantWhole[]> {
  let query = from(ctx, 'entitlement_grants').selectAll()
  for (const column of ['entitlement_id', 'customer_id', 'status'] as const) {
    const value = filter[column]
    if (value !== undefined) query = query.where(column, '=', value as never)
  }
  if (filter.integration_type !== undefined) {
    const ofType = from(ctx, 'entitlements')
      .select('entitlement_id')
      .where('integration_type', '=', filter.integration_type)
    query = query.where('entitlement_id', 'in', ofType)
  }
  query = query.orderBy('created_at', 'desc').orderBy('grant_id', 'desc')
  if (page !== undefined) query = query.limit(page.page_size).offset(offsetOf(page))
  return withParts(ctx, await query.execute())
}

export async function getGrant(ctx: BusinessCtx, grant_id: string): Promise<GrantWhole> {
  const rows = await from(ctx, 'entitlement_grants').selectAll().where('grant_id', '=', grant_id).execute()
  const [grant] = await withParts(ctx, rows)
  if (grant === undefined) throw notFound('grant')
  return grant
}

async function withParts(ctx: BusinessCtx, grants: Grant[]): Promise<GrantWhole[]> {
  if (grants.length === 0) return []
  const keyIds = grants.map(({ license_key_id }) => license_key_id).filter((id) => id !== null)
  const [entitlements, keys] = await Promise.all([
    from(ctx, 'entitlements')
      .selectAll()
      .where(
        'entitlement_id',
        'in',
        grants.map(({ entitlement_id }) => entitlement_id),
      )
      .execute(),
    keyIds.length === 0 ? [] : from(ctx, 'license_keys').selectAll().where('license_key_id', 'in', keyIds).execute(),
  ])
  const files = await readFilesOf(ctx, idsOfFiles(entitlements))
  const byId = new Map(entitlements.map((row) => [row.entitlement_id, row]))
  const keysById = new Map(keys.map((row) => [row.license_key_id, row]))
  return grants.map((grant) => {
    const entitlement = byId.get(grant.entitlement_id)
    if (entitlement === undefined) throw new Error('a grant names an entitlement that is there')
    const told = filesOfGrant(ctx, grant, files.get(entitlement.entitlement_id))
    const license_key = keysById.get(grant.license_key_id ?? '') ?? null
    return { ...grant, entitlement: { ...entitlement, files: told }, license_key }
  })
}

const idsOfFiles = (entitlements: readonly Entitlement[]) =>
  entitlements.flatMap(({ integration_type, entitlement_id }) =>
    integration_type === 'digital_files' ? [entitlement_id] : [],
  )

/** Their addresses are the grant's, and close with it. */
function filesOfGrant(ctx: BusinessCtx, { status, grant_id }: Grant, files: readonly FileFacts[] = []): ToldFile[] {
  return status === 'Delivered' ? files.map((file) => tellFile(ctx, file, grant_id)) : []
}
