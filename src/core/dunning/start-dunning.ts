import { hasSteps, nextStep } from '#billing/dunning.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { type DunningAttempt, stepsOf, switchOf } from '#core/dunning/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, owned } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** Begins to remind the customer, where the business wants that. One that is being reminded already is reminded on. */
export async function startDunning(
  ctx: BusinessCtx,
  { subscription_id, customer_id }: Subscription,
  trigger_state: DunningAttempt['trigger_state'],
): Promise<void> {
  const settings = await getSettings(ctx)
  const steps = stepsOf(settings)
  if (!settings[switchOf[trigger_state]] || !hasSteps(steps)) return
  const now = ctx.clock.now()
  const begun = await ctx.db
    .insertInto('dunning_attempts')
    .values({
      ...owned(ctx),
      dunning_attempt_id: newId('dunning_attempt', ctx.wall.now().epochMilliseconds),
      subscription_id,
      customer_id,
      trigger_state,
      status: 'recovering',
      payment_id: trigger_state === 'cancelled' ? null : await lastDeclined(ctx, subscription_id),
      next_step_at: nextStep(steps, now, 0, now).at,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'subscription_id']).where('status', '=', 'recovering').doNothing(),
    )
    .returning('dunning_attempt_id')
    .executeTakeFirst()
  if (begun === undefined) return
  const resource_id = begun.dunning_attempt_id
  await recordEvent(ctx, { type: 'dunning.started', resource_id, customer_id })
  await recordAudit(ctx, {
    action: 'dunning.started',
    resource_id,
    customer_id,
    details: { subscription_id, trigger_state },
  })
}

async function lastDeclined(ctx: BusinessCtx, subscription_id: string): Promise<string | null> {
  const payment = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('status', '=', 'failed')
    .orderBy('created_at', 'desc')
    .orderBy('payment_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return payment?.payment_id ?? null
}
