// A dispute as the processor tells it: recorded, never acted upon. What a bank has taken back counts as money given back.
import { recordAudit } from '#core/audit/record-audit.ts'
import type { Dispute } from '#core/disputes/queries.ts'
import { type MerchantEventType, recordEvent } from '#core/events/record-event.ts'
import type { Payment } from '#core/payments/queries.ts'
import { lockPayment } from '#core/payments/store.ts'
import { from, owned, update } from '#core/scope.ts'
import type { DisputeReport } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

/**
 * Asks the processor how a dispute stands and writes it down; harmless to repeat. One of a payment we never made is forgotten. Throws
 * PROCESSOR_UNAVAILABLE where the processor does not answer.
 */
export async function recordDispute(outer: BusinessCtx, processor: string, reference: string): Promise<void> {
  const outcome = await processorNamed(outer, processor).retrieveDispute(outer.business.business_id, reference)
  if (outcome.status === 'never_seen') return
  if (outcome.status === 'unknown') throw new AppError('PROCESSOR_UNAVAILABLE', { message: outcome.reason })
  const { dispute } = outcome
  const found = await from(outer, 'payments')
    .select('payment_id')
    .where('processor', '=', processor)
    .where('processor_key', '=', dispute.payment_key)
    .executeTakeFirst()
  if (found === undefined) return
  await inTransaction(outer, async (ctx) => {
    const { payment } = await lockPayment(ctx, found.payment_id)
    const before = await findDispute(ctx, processor, reference)
    const written = await write(ctx, payment, processor, dispute, before)
    if (written.status !== before?.status) await tell(ctx, payment, written)
  })
}

async function findDispute(ctx: BusinessCtx, processor: string, reference: string): Promise<Dispute | undefined> {
  return from(ctx, 'disputes')
    .selectAll()
    .where('processor', '=', processor)
    .where('processor_reference', '=', reference)
    .executeTakeFirst()
}

async function write(
  ctx: BusinessCtx,
  { payment_id }: Payment,
  processor: string,
  { reference, payment_key: _, ...said }: DisputeReport,
  before: Dispute | undefined,
): Promise<Dispute> {
  const now = ctx.clock.now()
  if (before !== undefined) {
    return update(ctx, 'disputes')
      .set({ ...said, updated_at: now })
      .where('dispute_id', '=', before.dispute_id)
      .returningAll()
      .executeTakeFirstOrThrow()
  }
  const dispute_id = newId('dispute', ctx.wall.now().epochMilliseconds)
  const row = { dispute_id, payment_id, processor, processor_reference: reference, created_at: now, updated_at: now }
  return ctx.db
    .insertInto('disputes')
    .values({ ...owned(ctx), ...row, ...said })
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function tell(ctx: BusinessCtx, { customer_id }: Payment, dispute: Dispute): Promise<void> {
  const { dispute_id: resource_id, payment_id, amount, currency, status } = dispute
  const type = EVENTS[status]
  await recordEvent(ctx, { type, resource_id, customer_id })
  await recordAudit(ctx, { action: type, resource_id, customer_id, details: { payment_id, amount, currency } })
}

const EVENTS: Record<Dispute['status'], MerchantEventType> = {
  dispute_opened: 'dispute.opened',
  dispute_expired: 'dispute.expired',
  dispute_accepted: 'dispute.accepted',
  dispute_cancelled: 'dispute.cancelled',
  dispute_challenged: 'dispute.challenged',
  dispute_won: 'dispute.won',
  dispute_lost: 'dispute.lost',
}
