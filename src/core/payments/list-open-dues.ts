import { sql } from 'kysely'
import type { Payment } from '#core/payments/queries.ts'
import { from, on } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface OpenDues {
  dues_id: string
  subscription_id: string
  /** What the last attempt asked for, in minor units: the dues less the credit they take. */
  total: number
  currency: string
  description: string
  /** Of the last attempt to collect them. */
  status: Payment['status']
  unknown_since: Temporal.Instant | null
  /** Why a saved method declined them last. */
  error_code: string | null
  /** When it is asked again by itself. */
  next_retry_at: Temporal.Instant | null
  /** Of the subscription: whether it runs meanwhile, until when, and what comes then. */
  subscription_status: Subscription['status']
  past_due_ends_at: Temporal.Instant | null
  past_due_action: Subscription['past_due_action']
}

/** Dues of subscriptions, of those that have ended their last usage, that no attempt settled: declined, begun on a page, or unknown for more than a moment. */
export async function listOpenDues(
  ctx: BusinessCtx,
  customer_id: string,
  subscription_id?: string,
): Promise<OpenDues[]> {
  let query = from(ctx, 'dues')
    .innerJoin('dues_lines', (join) => on('dues_lines.dues_id', 'dues.dues_id')(join).on('dues_lines.position', '=', 0))
    .innerJoin('payments', (join) =>
      on(
        'payments.dues_id',
        'dues.dues_id',
      )(join).on(
        'payments.attempt',
        '=',
        sql`(select max(p.attempt) from payments p where p.business_id = dues.business_id and p.dues_id = dues.dues_id)`,
      ),
    )
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'dues.subscription_id'))
    .select([
      'subscriptions.status as subscription_status',
      'subscriptions.past_due_ends_at',
      'subscriptions.past_due_action',
      'dues.dues_id',
      'subscriptions.subscription_id',
      'payments.total_amount as total',
      'dues.currency',
      'dues_lines.description',
      'payments.status',
      'payments.unknown_since',
      'dues.next_retry_at',
    ])
    .select(
      sql<string | null>`(select p.error_code from payments p where p.business_id = dues.business_id
        and p.dues_id = dues.dues_id and p.status = 'failed' order by p.attempt desc limit 1)`.as('error_code'),
    )
    .where('dues.customer_id', '=', customer_id)
    .where('dues.status', '=', 'open')
    .where('dues.kind', 'in', ['renewal', 'plan_change', 'usage'])
    .where((eb) => eb.or([eb('payments.status', '<>', 'processing'), eb('payments.unknown_since', 'is not', null)]))
    // A first charge whose bank asks for the customer is not declined: they are asked where they confirmed it.
    .where((eb) =>
      eb.or([eb('payments.status', '<>', 'requires_customer_action'), eb('payments.origin', '<>', 'first')]),
    )
    // A change that is paid for under a link is offered, and not owed.
    .where(
      sql<boolean>`not exists (select from plan_changes c join pay_links l using (business_id, change_id)
        where c.business_id = dues.business_id and c.dues_id = dues.dues_id and c.status = 'pending')`,
    )
  if (subscription_id !== undefined) query = query.where('dues.subscription_id', '=', subscription_id)
  return query.orderBy('dues.created_at').execute()
}
