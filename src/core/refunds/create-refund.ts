// A refund that the merchant asks for: of a whole payment, or of lines of it.
import { createHash } from 'node:crypto'
import { decideRefund, type RefundItem } from '#billing/refund.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { type HeldPayment, lockPayment } from '#core/payments/store.ts'
import { openRefund } from '#core/refunds/open-refund.ts'
import { readPaidFor } from '#core/refunds/paid-lines.ts'
import type { Refund } from '#core/refunds/queries.ts'
import { collectRefund } from '#core/refunds/settle-refund.ts'
import { from } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface RefundRequest {
  payment_id: string
  /** Null: all that is left of the payment. */
  items: readonly RefundItem[] | null
  reason: string | null
  metadata: Metadata
  /** The same request was sent before and its answer got lost: if it was heard, it is not made twice. */
  retried?: boolean
}

/**
 * Changes neither plan nor date nor access. What it gives back counts from now on, and no longer if the processor refuses it. Throws the
 * refusals of `decideRefund`, PAYMENT_NOT_SUCCEEDED, EXISTING_REFUND_REQUEST_PROCESSING while another refund of the payment is undecided,
 * PREVIOUS_PAYMENT_PENDING while a change of plan that gives credit for the payment's period is being paid for.
 */
export async function createRefund(outer: BusinessCtx, request: RefundRequest): Promise<Refund> {
  const { refund_id } = await inTransaction(outer, async (ctx) => {
    const held = await lockPayment(ctx, request.payment_id)
    const heard = request.retried ? await findHeard(ctx, request) : undefined
    if (heard !== undefined) return heard
    if (held.payment.status !== 'succeeded') throw new AppError('PAYMENT_NOT_SUCCEEDED')
    await assertNothingUnderWay(ctx, held)
    return open(ctx, held, request)
  })
  return collectRefund(outer, refund_id)
}

async function assertNothingUnderWay(ctx: BusinessCtx, { payment, subscription }: HeldPayment): Promise<void> {
  const pending = await from(ctx, 'refunds')
    .select('refund_id')
    .where('payment_id', '=', payment.payment_id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  if (pending !== undefined) throw new AppError('EXISTING_REFUND_REQUEST_PROCESSING')
  if (subscription === undefined) return
  // Its lines say what it gives back of the period as that was worth when it was decided.
  const change = await from(ctx, 'dues')
    .select('dues_id')
    .where('subscription_id', '=', subscription.subscription_id)
    .where('kind', '=', 'plan_change')
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (change !== undefined) throw new AppError('PREVIOUS_PAYMENT_PENDING')
}

async function open(ctx: BusinessCtx, { payment }: HeldPayment, request: RefundRequest): Promise<Refund> {
  const { reason, metadata } = request
  const { payment_id, customer_id } = payment
  const { paid } = await readPaidFor(ctx, payment)
  const decision = decideRefund(paid, request.items)
  if (decision.type === 'refused') throw new AppError(decision.code)
  const { amount, lines } = decision
  const reason_key = `request:${payment_id}:${await countRefunds(ctx, payment_id)}:${amount}:${nameOf(request)}`
  const refund = await openRefund(ctx, payment, { reason_key, amount, reason, metadata, lines })
  if (refund === undefined) throw new Error('a refund that was decided can be opened')
  const { refund_id } = refund
  const details = { payment_id, amount, currency: payment.currency }
  await recordAudit(ctx, { action: 'refund.requested', resource_id: refund_id, customer_id, details })
  return refund
}

/** With the amount, this names a request for ever: made again from a restored backup it is the same refund, another amount is another. */
async function countRefunds(ctx: BusinessCtx, payment_id: string): Promise<number> {
  const refunds = await from(ctx, 'refunds').select('refund_id').where('payment_id', '=', payment_id).execute()
  return refunds.length
}

/** The latest refund of the payment, where it is the one that is asked for. */
async function findHeard(ctx: BusinessCtx, request: RefundRequest): Promise<Refund | undefined> {
  const latest = await from(ctx, 'refunds')
    .selectAll()
    .where('payment_id', '=', request.payment_id)
    .orderBy('created_at', 'desc')
    .orderBy('refund_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return latest?.status !== 'failed' && latest?.reason_key.endsWith(`:${nameOf(request)}`) ? latest : undefined
}

function nameOf({ payment_id, items, reason, metadata }: RefundRequest): string {
  const asked = JSON.stringify([payment_id, items, reason, metadata])
  return createHash('sha256').update(asked).digest('hex').slice(0, 16)
}
