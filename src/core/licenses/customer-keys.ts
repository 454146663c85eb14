// The keys of one customer with what a person wants to know of them: where each is from, why it does not work, how it is used.
import { sql } from 'kysely'
import type { Grant } from '#core/entitlements/store.ts'
import type { LicenseKeyRow } from '#core/licenses/store.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface CustomerKey extends LicenseKeyRow {
  product_name: string
  /** Null where no purchase brought it: the merchant did. */
  bought_at: Temporal.Instant | null
  /** Why its grant is closed or rests; null while it is open. */
  revocation_reason: Grant['revocation_reason']
  /** What the merchant says about entering it. */
  activation_message: string | null
}

/** Of one purchase, where it is named. */
export interface CustomerKeyFilter {
  payment_id?: string | undefined
  subscription_id?: string | undefined
}

/** Newest first. */
export async function listCustomerKeys(
  ctx: BusinessCtx,
  customer_id: string,
  filter: CustomerKeyFilter,
  page: Page,
): Promise<CustomerKey[]> {
  let query = keysOf(ctx, customer_id)
  for (const column of ['payment_id', 'subscription_id'] as const) {
    const value = filter[column]
    if (value !== undefined) query = query.where(`license_keys.${column}`, '=', value)
  }
  return query
    .orderBy('license_keys.created_at', 'desc')
    .orderBy('license_keys.license_key_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

/** Throws LICENSE_KEY_NOT_FOUND, also for somebody else's. */
export async function getCustomerKey(
  ctx: BusinessCtx,
  customer_id: string,
  license_key_id: string,
): Promise<CustomerKey> {
  const key = await keysOf(ctx, customer_id)
    .where('license_keys.license_key_id', '=', license_key_id)
    .executeTakeFirst()
  if (key === undefined) throw new AppError('LICENSE_KEY_NOT_FOUND')
  return key
}

function keysOf(ctx: BusinessCtx, customer_id: string) {
  return from(ctx, 'license_keys')
    .innerJoin('products', on('products.product_id', 'license_keys.product_id'))
    .leftJoin('payments', on('payments.payment_id', 'license_keys.payment_id'))
    .leftJoin('subscriptions', on('subscriptions.subscription_id', 'license_keys.subscription_id'))
    .leftJoin('entitlement_grants', on('entitlement_grants.license_key_id', 'license_keys.license_key_id'))
    .leftJoin('entitlements', on('entitlements.entitlement_id', 'entitlement_grants.entitlement_id'))
    .selectAll('license_keys')
    .select(['products.name as product_name', 'entitlement_grants.revocation_reason'])
    .select(sql<Temporal.Instant | null>`coalesce(payments.created_at, subscriptions.created_at)`.as('bought_at'))
    .select(
      sql<string | null>`case when entitlements.entitlement_id is null then products.license_key_activation_message
        else entitlements.integration_config->>'activation_message' end`.as('activation_message'),
    )
    .where('license_keys.customer_id', '=', customer_id)
}
