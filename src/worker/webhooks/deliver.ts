import type { Webhook } from '#core/webhooks/queries.ts'
import { beginRound, type DueDelivery, endRound } from '#core/webhooks/round.ts'
import { type DeliveryOutcome, settleDelivery } from '#core/webhooks/settle-delivery.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { composeMessage } from './message.ts'
import { post } from './post.ts'

/** Sends one endpoint what is due there, a few at once, and writes what became of each as it becomes known. */
export async function deliverTo(ctx: BusinessCtx, webhook_id: string, stopping?: AbortSignal): Promise<void> {
  const begun = ctx.wall.now()
  const { webhook, deliveries } = await beginRound(ctx, webhook_id)
  const settled = await Promise.allSettled(deliveries.map((delivery) => deliver(ctx, webhook, delivery, stopping)))
  await endRound(ctx, webhook_id, begun, deliveries.length)
  const failure = settled.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
}

async function deliver(ctx: BusinessCtx, webhook: Webhook, delivery: DueDelivery, stopping?: AbortSignal) {
  const outcome = await attempt(ctx, webhook, delivery, stopping)
  if (outcome !== undefined) await settleDelivery(ctx, delivery, outcome)
}

async function attempt(
  ctx: BusinessCtx,
  webhook: Webhook,
  delivery: DueDelivery,
  stopping?: AbortSignal,
): Promise<DeliveryOutcome | undefined> {
  try {
    const message = await composeMessage(ctx, webhook, delivery)
    return await post(message, { egress: ctx.egress, http: ctx.mode === 'test', stopping })
  } catch (error) {
    // What it is about is gone: it is written down like an attempt that failed.
    if (!(error instanceof AppError)) throw error
    return { status: 'refused', status_code: null, response: null, error: error.message }
  }
}
