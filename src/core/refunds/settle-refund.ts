// Phases two and three of giving money back.

import type { Updateable } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { followRefund } from '#core/entitlements/follow-refund.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { nextCheck } from '#core/payments/check-schedule.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { getPayment } from '#core/payments/queries.ts'
import { refundedOf } from '#core/refunds/paid-lines.ts'
import { findRefund, type Refund } from '#core/refunds/queries.ts'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { RefundOutcome } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Asks the processor to refund; the same key makes a second call the same refund. */
export async function collectRefund(ctx: BusinessCtx, refund_id: string): Promise<Refund> {
  const refund = await findRefund(ctx, refund_id)
  if (refund === undefined) throw notFound('refund')
  const { settled_at, processor } = refund
  if (settled_at !== null) return refund
  // What the wallet paid goes back to it without anybody being asked.
  if (processor === null) return settleRefund(ctx, refund_id, { status: 'succeeded', reference: '' })
  const payment = await getPayment(ctx, refund.payment_id)
  const outcome = await orUnknown(() =>
    processorNamed(ctx, processor).refund({
      key: refund.processor_key,
      business_id: ctx.business.business_id,
      payment: payment.processor_reference ?? '',
      amount: refund.amount,
      currency: refund.currency,
    }),
  )
  return settleRefund(ctx, refund_id, outcome)
}

/** Settles once; an unknown outcome is asked about again. */
export async function settleRefund(outer: BusinessCtx, refund_id: string, outcome: RefundOutcome): Promise<Refund> {
  return inTransaction(outer, async (ctx) => {
    const refund = await from(ctx, 'refunds')
      .selectAll()
      .where('refund_id', '=', refund_id)
      .forUpdate()
      .executeTakeFirst()
    if (refund === undefined) throw notFound('refund')
    if (refund.settled_at !== null) return refund
    if (outcome.status === 'unknown') return keepChecking(ctx, refund)
    const settled = await write(ctx, refund_id, {
      status: outcome.status === 'succeeded' ? 'succeeded' : 'failed',
      processor_reference: outcome.reference || null,
      error_message: outcome.status === 'declined' ? outcome.message : null,
      settled_at: ctx.clock.now(),
      next_check_at: null,
      unknown_since: null,
    })
    const { customer_id, total_amount } = await getPayment(ctx, refund.payment_id)
    if ((await refundedOf(ctx, refund.payment_id, ['succeeded'])) === total_amount)
      await followRefund(ctx, refund.payment_id)
    const type = settled.status === 'succeeded' ? 'refund.succeeded' : 'refund.failed'
    await recordEvent(ctx, { type, resource_id: refund_id, customer_id })
    await recordAudit(ctx, { action: type, resource_id: refund_id, customer_id, details: { amount: refund.amount } })
    return settled
  })
}

async function keepChecking(ctx: BusinessCtx, refund: Refund): Promise<Refund> {
  const wall = ctx.wall.now()
  const unknown_since = refund.unknown_since ?? wall
  const { next_check_at } = nextCheck(wall, unknown_since)
  return write(ctx, refund.refund_id, { unknown_since, next_check_at })
}

async function write(ctx: BusinessCtx, refund_id: string, change: Updateable<DB['refunds']>): Promise<Refund> {
  return update(ctx, 'refunds').set(change).where('refund_id', '=', refund_id).returningAll().executeTakeFirstOrThrow()
}
