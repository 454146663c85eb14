// Phases two and three of giving money back.

import type { Updateable } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { followRefund } from '#core/entitlements/follow-refund.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { nextCheck } from '#core/payments/check-schedule.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { getDues, getPayment, type Payment } from '#core/payments/queries.ts'
import { documentRefund } from '#core/refunds/document-refund.ts'
import { givenBackOf, paidTotal } from '#core/refunds/paid-lines.ts'
import { findRefund, type Refund } from '#core/refunds/queries.ts'
import { from, update } from '#core/scope.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
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
    const payment = await getPayment(ctx, refund.payment_id)
    const { customer_id } = payment
    if (settled.status === 'succeeded') await giveBack(ctx, settled, payment)
    const type = settled.status === 'succeeded' ? 'refund.succeeded' : 'refund.failed'
    await recordEvent(ctx, { type, resource_id: refund_id, customer_id })
    await recordAudit(ctx, { action: type, resource_id: refund_id, customer_id, details: { amount: refund.amount } })
    if (settled.status === 'succeeded') await documentRefund(ctx, settled, payment)
    return settled
  })
}

/** The wallet has its part at once; a payment that went back whole closes what was bought with it. */
async function giveBack(ctx: BusinessCtx, refund: Refund, payment: Payment): Promise<void> {
  const { refund_id, currency, wallet_amount, reason } = refund
  if (wallet_amount > 0) {
    await depositToWallet(ctx, payment.customer_id, {
      currency,
      amount: wallet_amount,
      event_type: 'refund',
      reason_key: `refund:${refund_id}`,
      reason,
      reference_object_id: refund_id,
    })
  }
  const given = await givenBackOf(ctx, payment.payment_id, ['succeeded'])
  const paid = paidTotal(payment, await getDues(ctx, payment.dues_id))
  if (given.amount + given.wallet_amount === paid) await followRefund(ctx, payment.payment_id)
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
