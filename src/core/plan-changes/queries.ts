import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PendingChange {
  product_name: string
  quantity: number
  /** When it lapses unpaid. */
  expires_at: Temporal.Instant | null
  /** Minor units. */
  amount: number | null
  currency: string | null
}

/** A change that happens once its payment is there; until then the plan is what it was. */
export async function findPendingChange(ctx: BusinessCtx, subscription_id: string): Promise<PendingChange | undefined> {
  return from(ctx, 'plan_changes')
    .innerJoin('products', on('products.product_id', 'plan_changes.product_id'))
    .leftJoin('dues', on('dues.dues_id', 'plan_changes.dues_id'))
    .select([
      'products.name as product_name',
      'plan_changes.quantity',
      'plan_changes.expires_at',
      'dues.total as amount',
      'dues.currency',
    ])
    .where('plan_changes.subscription_id', '=', subscription_id)
    .where('plan_changes.status', '=', 'pending')
    .executeTakeFirst()
}

/** The link under which a change is paid for, and the payment it leads to; undefined where the change does not wait for one. */
export async function findOffer(
  ctx: BusinessCtx,
  change_id: string,
): Promise<{ pay_link_id: string; expires_at: Temporal.Instant; payment_id: string } | undefined> {
  return from(ctx, 'plan_changes')
    .innerJoin('pay_links', on('pay_links.change_id', 'plan_changes.change_id'))
    .innerJoin('payments', on('payments.dues_id', 'plan_changes.dues_id'))
    .select(['pay_links.pay_link_id', 'pay_links.expires_at', 'payments.payment_id'])
    .where('plan_changes.change_id', '=', change_id)
    .where('payments.settled_at', 'is', null)
    .executeTakeFirst()
}
