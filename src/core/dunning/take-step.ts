import { nextStep } from '#billing/dunning.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { closeDunning } from '#core/dunning/end-dunning.ts'
import { type DunningAttempt, stepsOf, switchOf } from '#core/dunning/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, update } from '#core/scope.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Takes the step that is due, or gives up after the last; what the merchant changed meanwhile counts. Harmless to repeat. */
export async function takeDunningStep(outer: BusinessCtx, dunning_attempt_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const attempt = await lockAttempt(ctx, dunning_attempt_id)
    const now = ctx.clock.now()
    if (attempt.next_step_at === null || Temporal.Instant.compare(attempt.next_step_at, now) > 0) return
    const settings = await getSettings(ctx)
    const steps = stepsOf(settings)
    const { step, at } = nextStep(steps, attempt.created_at, attempt.steps_taken, now)
    if (step === undefined || !settings[switchOf[attempt.trigger_state]]) return closeDunning(ctx, attempt, 'exhausted')
    if (Temporal.Instant.compare(at, now) > 0) return write(ctx, attempt, { next_step_at: at })
    await write(ctx, attempt, {
      steps_taken: step,
      next_step_at: nextStep(steps, attempt.created_at, step, now).at,
    })
    await recordEvent(ctx, {
      type: 'dunning.step',
      resource_id: dunning_attempt_id,
      customer_id: attempt.customer_id,
      data: { step: String(step) },
    })
  })
}

async function lockAttempt(ctx: BusinessCtx, dunning_attempt_id: string): Promise<DunningAttempt> {
  const query = from(ctx, 'dunning_attempts').selectAll().where('dunning_attempt_id', '=', dunning_attempt_id)
  const { subscription_id } = await query.executeTakeFirstOrThrow()
  await lockSubscription(ctx, subscription_id)
  return query.forUpdate().executeTakeFirstOrThrow()
}

async function write(
  ctx: BusinessCtx,
  { dunning_attempt_id }: DunningAttempt,
  change: { steps_taken?: number; next_step_at: Temporal.Instant },
): Promise<void> {
  await update(ctx, 'dunning_attempts').set(change).where('dunning_attempt_id', '=', dunning_attempt_id).execute()
}
