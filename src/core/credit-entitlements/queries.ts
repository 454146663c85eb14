import type { Selectable } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type CreditEntitlement = Selectable<DB['credit_entitlements']>
export type CreditBalance = Selectable<DB['credit_balances']>
export type CreditGrant = Selectable<DB['credit_grants']>
export type CreditLedgerEntry = Selectable<DB['credit_ledger_entries']>

/** Also one that was deleted: what was granted of it goes on. */
export async function getCreditEntitlement(
  ctx: BusinessCtx,
  credit_entitlement_id: string,
): Promise<CreditEntitlement> {
  const found = await from(ctx, 'credit_entitlements')
    .selectAll()
    .where('credit_entitlement_id', '=', credit_entitlement_id)
    .executeTakeFirst()
  if (found === undefined) throw notFound('credit entitlement')
  return found
}

/** Newest first; either those that were deleted or the others. */
export async function listCreditEntitlements(
  ctx: BusinessCtx,
  deleted: boolean,
  page: Page,
): Promise<CreditEntitlement[]> {
  return from(ctx, 'credit_entitlements')
    .selectAll()
    .where('deleted_at', deleted ? 'is not' : 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('credit_entitlement_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

export interface BalanceFilter {
  credit_entitlement_id?: string
  customer_id?: string | undefined
}

/** Those who have used or were granted it; the latest first. */
export async function listCreditBalances(
  ctx: BusinessCtx,
  filter: BalanceFilter,
  page: Page,
): Promise<(CreditBalance & Pick<CreditEntitlement, 'name' | 'description' | 'unit'>)[]> {
  let query = from(ctx, 'credit_balances')
    .innerJoin(
      'credit_entitlements',
      on('credit_entitlements.credit_entitlement_id', 'credit_balances.credit_entitlement_id'),
    )
    .selectAll('credit_balances')
    .select(['credit_entitlements.name', 'credit_entitlements.description', 'credit_entitlements.unit'])
  const { credit_entitlement_id, customer_id } = filter
  if (credit_entitlement_id !== undefined) {
    query = query.where('credit_balances.credit_entitlement_id', '=', credit_entitlement_id)
  }
  if (customer_id !== undefined) query = query.where('credit_balances.customer_id', '=', customer_id)
  return query
    .orderBy('credit_balances.created_at', 'desc')
    .orderBy('credit_balances.balance_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

export type Held = Pick<CreditBalance, 'credit_entitlement_id' | 'customer_id'>

export async function getCreditBalance(ctx: BusinessCtx, held: Held): Promise<CreditBalance> {
  const found = await from(ctx, 'credit_balances')
    .selectAll()
    .where('credit_entitlement_id', '=', held.credit_entitlement_id)
    .where('customer_id', '=', held.customer_id)
    .executeTakeFirst()
  if (found === undefined) throw notFound('credit balance')
  return found
}

export type GrantStatus = 'active' | 'expired' | 'depleted'

/** Newest first. */
export async function listCreditGrants(
  ctx: BusinessCtx,
  held: Held,
  status: GrantStatus | undefined,
  page: Page,
): Promise<CreditGrant[]> {
  let query = from(ctx, 'credit_grants')
    .selectAll()
    .where('credit_entitlement_id', '=', held.credit_entitlement_id)
    .where('customer_id', '=', held.customer_id)
  const now = ctx.clock.now()
  if (status === 'expired') query = query.where('expires_at', '<=', now)
  if (status === 'active') query = query.where('remaining_amount', '>', '0')
  if (status === 'depleted') query = query.where('remaining_amount', '=', '0')
  if (status === 'active' || status === 'depleted') {
    query = query.where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
  }
  return query
    .orderBy('created_at', 'desc')
    .orderBy('grant_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

export interface LedgerFilter {
  transaction_type?: CreditLedgerEntry['transaction_type'] | undefined
  start_date?: Temporal.Instant | undefined
  end_date?: Temporal.Instant | undefined
}

/** Newest first. */
export async function listCreditLedger(
  ctx: BusinessCtx,
  held: Held,
  filter: LedgerFilter,
  page: Page,
): Promise<CreditLedgerEntry[]> {
  let query = from(ctx, 'credit_ledger_entries')
    .selectAll()
    .where('credit_entitlement_id', '=', held.credit_entitlement_id)
    .where('customer_id', '=', held.customer_id)
  if (filter.transaction_type !== undefined) query = query.where('transaction_type', '=', filter.transaction_type)
  if (filter.start_date !== undefined) query = query.where('created_at', '>=', filter.start_date)
  if (filter.end_date !== undefined) query = query.where('created_at', '<=', filter.end_date)
  return query
    .orderBy('created_at', 'desc')
    .orderBy('entry_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
