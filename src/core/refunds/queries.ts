import { type Selectable, sql } from 'kysely'
import { withCustomers } from '#core/customers/customers-by-id.ts'
import type { Customer } from '#core/customers/queries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Refund = Selectable<DB['refunds']>

/** A refund with what is said of it wherever it stands alone: whose payment it gives back, and how much that was. */
export type RefundListed = Refund & { paid_total: number }
export type RefundWhole = RefundListed & { customer: Customer }

export async function findRefund(ctx: BusinessCtx, refund_id: string): Promise<Refund | undefined> {
  return from(ctx, 'refunds').selectAll().where('refund_id', '=', refund_id).executeTakeFirst()
}

export async function getRefund(ctx: BusinessCtx, refund_id: string): Promise<RefundWhole> {
  const refund = await listed(ctx).where('refunds.refund_id', '=', refund_id).executeTakeFirst()
  const [whole] = refund === undefined ? [] : await withCustomers(ctx, [refund])
  if (whole === undefined) throw notFound('refund')
  return whole
}

export interface RefundFilter {
  customer_id?: string
  subscription_id?: string
  status?: Refund['status']
  created_at_gte?: Temporal.Instant
  created_at_lte?: Temporal.Instant
}

/** Newest first. */
export async function listRefunds(ctx: BusinessCtx, filter: RefundFilter, page: Page): Promise<RefundListed[]> {
  let query = listed(ctx)
  if (filter.customer_id !== undefined) query = query.where('refunds.customer_id', '=', filter.customer_id)
  if (filter.subscription_id !== undefined) query = query.where('payments.subscription_id', '=', filter.subscription_id)
  if (filter.status !== undefined) query = query.where('refunds.status', '=', filter.status)
  if (filter.created_at_gte !== undefined) query = query.where('refunds.created_at', '>=', filter.created_at_gte)
  if (filter.created_at_lte !== undefined) query = query.where('refunds.created_at', '<=', filter.created_at_lte)
  return query
    .orderBy('refunds.created_at', 'desc')
    .orderBy('refunds.refund_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

function listed(ctx: BusinessCtx) {
  return from(ctx, 'refunds')
    .innerJoin('payments', on('payments.payment_id', 'refunds.payment_id'))
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .selectAll('refunds')
    .select(
      sql<number>`payments.total_amount + case when payments.applied then dues.wallet_applied else 0 end`.as(
        'paid_total',
      ),
    )
}
