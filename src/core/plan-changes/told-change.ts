// A change of plan as it is told of: what to, when, for how much. None of it becomes different later but the status.
import { sql } from 'kysely'
import type { PlanChangeRow } from '#core/plan-changes/store.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export interface ToldChange
  extends Pick<
    PlanChangeRow,
    | 'change_id'
    | 'subscription_id'
    | 'status'
    | 'product_id'
    | 'quantity'
    | 'items'
    | 'effective_at'
    | 'payment_frequency_count'
    | 'payment_frequency_interval'
    | 'proration_billing_mode'
  > {
  product_name: string
  currency: string
  /** What it costs at once; minor units. */
  charged: number
  /** What it gave back, as credit of the subscription. */
  credited: number
}

type Which = { change_id: string } | { dues_id: string }

export async function findToldChange(ctx: BusinessCtx, which: Which): Promise<ToldChange | undefined> {
  const [column, value] =
    'change_id' in which ? (['change_id', which.change_id] as const) : (['dues_id', which.dues_id] as const)
  return from(ctx, 'plan_changes')
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'plan_changes.subscription_id'))
    .innerJoin('products', on('products.product_id', 'plan_changes.product_id'))
    .select([
      'plan_changes.change_id',
      'plan_changes.subscription_id',
      'plan_changes.status',
      'plan_changes.product_id',
      'plan_changes.quantity',
      'plan_changes.items',
      'plan_changes.effective_at',
      'plan_changes.payment_frequency_count',
      'plan_changes.payment_frequency_interval',
      'plan_changes.proration_billing_mode',
      'products.name as product_name',
      'subscriptions.currency',
    ])
    .select([
      sql<number>`coalesce((select d.total from dues d where d.business_id = plan_changes.business_id
        and d.dues_id = plan_changes.dues_id), 0)`.as('charged'),
      sql<number>`coalesce((select sum(e.amount)::bigint from credit_entries e where e.business_id = plan_changes.business_id
        and e.subscription_id = plan_changes.subscription_id
        and e.reason_key in ('change:' || plan_changes.change_id, 'change:' || plan_changes.change_id || ':gift')
        and e.amount > 0), 0)`.as('credited'),
    ])
    .where(`plan_changes.${column}`, '=', value)
    .executeTakeFirst()
}

export async function getToldChange(ctx: BusinessCtx, change_id: string): Promise<ToldChange> {
  const change = await findToldChange(ctx, { change_id })
  if (change === undefined) throw notFound('plan change')
  return change
}
