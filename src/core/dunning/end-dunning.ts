// Nobody is reminded any more: paid, cancelled, bought again, or given up. It never changes the subscription.
import { recordAudit } from '#core/audit/record-audit.ts'
import type { DunningAttempt } from '#core/dunning/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, on, update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

type End = 'recovered' | 'exhausted'

/** Call it with the subscription locked. Where nobody is reminded, nothing happens. */
export async function endDunning(ctx: BusinessCtx, subscription_id: string, status: End): Promise<void> {
  const open = await from(ctx, 'dunning_attempts')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('status', '=', 'recovering')
    .executeTakeFirst()
  if (open !== undefined) await closeDunning(ctx, open, status)
}

/** Somebody who bought is not reminded of anything else; one who left and came back to the same product was won back. */
export async function endDunningOfBuyer(
  ctx: BusinessCtx,
  { customer_id, product_id }: { customer_id: string; product_id: string },
): Promise<void> {
  const open = await from(ctx, 'dunning_attempts')
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'dunning_attempts.subscription_id'))
    .selectAll('dunning_attempts')
    .select('subscriptions.product_id')
    .where('dunning_attempts.customer_id', '=', customer_id)
    .where('dunning_attempts.status', '=', 'recovering')
    .execute()
  for (const { product_id: left, ...attempt } of open) {
    const wonBack = attempt.trigger_state === 'cancelled' && left === product_id
    await closeDunning(ctx, attempt, wonBack ? 'recovered' : 'exhausted')
  }
}

export async function closeDunning(ctx: BusinessCtx, attempt: DunningAttempt, status: End): Promise<void> {
  const { dunning_attempt_id, customer_id, subscription_id } = attempt
  const closed = await update(ctx, 'dunning_attempts')
    .set({ status, next_step_at: null, closed_at: ctx.clock.now() })
    .where('dunning_attempt_id', '=', dunning_attempt_id)
    .where('status', '=', 'recovering')
    .returning('dunning_attempt_id')
    .executeTakeFirst()
  if (closed === undefined) return
  const about = { resource_id: dunning_attempt_id, customer_id }
  if (status === 'recovered') await recordEvent(ctx, { type: 'dunning.recovered', ...about })
  await recordAudit(ctx, { action: `dunning.${status}`, ...about, details: { subscription_id } })
}
