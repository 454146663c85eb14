// What the purchases of one customer unlock: a page of purchases, each with all it brought. Keys of one kind are counted, not listed.
import { sql } from 'kysely'
import type { Grant } from '#core/entitlements/queries.ts'
import type { Entitlement } from '#core/entitlements/store.ts'
import { type FileFacts, readFilesOf } from '#core/files/queries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { DigitalFilesConfig } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

/** One purchase: a subscription, or a payment for what was bought once. */
interface PurchaseId {
  payment_id: string | null
  subscription_id: string | null
}

export interface Unlocked {
  /** One of the grants, where there are several of a kind. */
  grant_id: string
  name: string
  description: string | null
  product_name: string
  integration_type: Entitlement['integration_type']
  /** What there is to fetch and to read, of files; those kept here while they are open. */
  files: (Elsewhere & { kept: FileFacts[] }) | null
  status: Grant['status']
  revocation_reason: Grant['revocation_reason']
  /** So many grants, of keys. */
  count: number
}

interface Elsewhere {
  address: URL | null
  instructions: string | null
}

export interface UnlockedPurchase extends PurchaseId {
  bought_at: Temporal.Instant
  unlocked: Unlocked[]
}

/** The grants of a subscription name the payment that began it, and are the subscription's. */
const onceBought = sql<string | null>`case when subscription_id is null then payment_id end`

/** The latest purchase first; only the one that is named, where one is. */
export async function listUnlockedPurchases(
  ctx: BusinessCtx,
  customer_id: string,
  only: Partial<PurchaseId>,
  page: Page,
): Promise<UnlockedPurchase[]> {
  let query = from(ctx, 'entitlement_grants')
    .select('subscription_id')
    .select([onceBought.as('payment_id'), sql<Temporal.Instant>`min(created_at)`.as('bought_at')])
    .where('customer_id', '=', customer_id)
  if (only.subscription_id) query = query.where('subscription_id', '=', only.subscription_id)
  if (only.payment_id) query = query.where('payment_id', '=', only.payment_id)
  const purchases = await query
    .groupBy([sql`1`, sql`2`])
    .orderBy(sql`3`, 'desc')
    .orderBy(sql`1`)
    .orderBy(sql`2`)
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
  const unlocked = await readUnlocked(ctx, customer_id, purchases)
  return purchases.map((purchase) => ({ ...purchase, unlocked: unlocked.get(keyOf(purchase)) ?? [] }))
}

async function readUnlocked(
  ctx: BusinessCtx,
  customer_id: string,
  purchases: readonly PurchaseId[],
): Promise<Map<string, Unlocked[]>> {
  if (purchases.length === 0) return new Map()
  const rows = await from(ctx, 'entitlement_grants')
    .innerJoin('entitlements', on('entitlements.entitlement_id', 'entitlement_grants.entitlement_id'))
    .innerJoin('products', on('products.product_id', 'entitlement_grants.product_id'))
    .select(['subscription_id', 'status', 'revocation_reason', 'entitlements.entitlement_id', 'entitlements.name'])
    .select(['entitlements.description', 'integration_type', 'integration_config', 'products.name as product_name'])
    .select([onceBought.as('payment_id'), sql<string>`max(grant_id)`.as('grant_id'), sql<number>`count(*)`.as('count')])
    .where('customer_id', '=', customer_id)
    .where((eb) => eb.or([eb('subscription_id', 'in', idsOf(purchases)), eb('payment_id', 'in', idsOf(purchases))]))
    .groupBy(['entitlements.business_id', 'entitlements.entitlement_id', 'products.name'])
    .groupBy(['subscription_id', 'status', 'revocation_reason', onceBought])
    .orderBy('entitlements.name')
    .orderBy('grant_id')
    .execute()
  const open = rows.filter((row) => row.status === 'Delivered' && row.integration_type === 'digital_files')
  const kept = await readFilesOf(ctx, [...new Set(open.map((row) => row.entitlement_id))])
  const told = (row: (typeof rows)[number]): Unlocked => {
    const files = filesOf(row)
    const here = open.includes(row) ? (kept.get(row.entitlement_id) ?? []) : []
    return { ...row, files: files && { ...files, kept: here } }
  }
  const byPurchase = Map.groupBy(rows, keyOf)
  return new Map([...byPurchase].map(([key, all]) => [key, withoutOld(all).map(told)]))
}

/** Null where it is no files. Only addresses of the web lead anywhere. */
export function filesOf(entitlement: Pick<Entitlement, 'integration_type' | 'integration_config'>): Elsewhere | null {
  if (entitlement.integration_type !== 'digital_files') return null
  const { external_url, instructions } = entitlement.integration_config as DigitalFilesConfig
  const address = external_url === null ? null : URL.parse(external_url)
  return { address: address !== null && /^https?:$/.test(address.protocol) ? address : null, instructions }
}

/** What is open again is not told as closed as well. */
function withoutOld<Row extends { entitlement_id: string; status: Grant['status']; integration_type: string }>(
  rows: readonly Row[],
): Row[] {
  const open = new Set(rows.filter(({ status }) => status === 'Delivered').map(({ entitlement_id }) => entitlement_id))
  return rows.filter(({ status, entitlement_id }) => status !== 'Revoked' || !open.has(entitlement_id))
}

const idsOf = (purchases: readonly PurchaseId[]) => purchases.map(keyOf)
const keyOf = ({ subscription_id, payment_id }: PurchaseId) => subscription_id ?? payment_id ?? ''

/** Something besides license keys was unlocked, or is to be. */
export async function hasOtherGrants(ctx: BusinessCtx, customer_id: string): Promise<boolean> {
  const found = await from(ctx, 'entitlement_grants')
    .innerJoin('entitlements', on('entitlements.entitlement_id', 'entitlement_grants.entitlement_id'))
    .select('grant_id')
    .where('customer_id', '=', customer_id)
    .where((eb) => eb.or([eb('integration_type', '<>', 'license_key'), eb('status', 'in', ['Pending', 'Failed'])]))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
