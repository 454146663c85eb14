// Phase one of giving money back: the row, with its reason and its lines, in the transaction that decides it. The worker does the rest.
import { sum } from '#billing/money.ts'
import { dividePayees, type RefundedLine, type RefundedPart, refundableTotal, spreadRefund } from '#billing/refund.ts'
import { processorKey } from '#core/payments/insert-attempt.ts'
import type { Payment } from '#core/payments/queries.ts'
import { readPaidFor } from '#core/refunds/paid-lines.ts'
import type { Refund } from '#core/refunds/queries.ts'
import { owned } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewRefund {
  /** Deterministic, so that the same thing is given back once. */
  reason_key: string
  /** Minor units; never more is given back than is left of the payment. What the wallet paid goes back to it, after the payment method's. */
  amount: number
  reason: string | null
  metadata?: Metadata
  /** Spread over what was paid for where they are not given. */
  lines?: RefundedLine[]
}

/**
 * Call it with the payment locked. Nothing is written, and undefined answered, where nothing is left to give back or where this reason
 * was refunded before.
 */
export async function openRefund(ctx: BusinessCtx, payment: Payment, input: NewRefund): Promise<Refund | undefined> {
  const { paid, leftOfMethod } = await readPaidFor(ctx, payment)
  const amount = Math.min(input.amount, refundableTotal(paid))
  if (amount <= 0) return undefined
  const lines = dividePayees(named(input.lines, amount) ?? spreadRefund(paid, amount), leftOfMethod)
  const toWallet = lines.length === 0 ? 0 : sum(lines.map(({ wallet_amount }) => wallet_amount))
  const refund = await insertRefund(ctx, payment, { ...input, amount: amount - toWallet, wallet_amount: toWallet })
  if (refund !== undefined) await insertLines(ctx, payment, refund, lines)
  return refund
}

function named(lines: RefundedLine[] | undefined, amount: number): RefundedLine[] | undefined {
  return lines !== undefined && lines.length > 0 && sum(lines.map((line) => line.amount)) === amount ? lines : undefined
}

async function insertRefund(
  ctx: BusinessCtx,
  payment: Payment,
  input: NewRefund & { wallet_amount: number },
): Promise<Refund | undefined> {
  return ctx.db
    .insertInto('refunds')
    .values({
      ...owned(ctx),
      refund_id: newId('refund', ctx.wall.now().epochMilliseconds),
      customer_id: payment.customer_id,
      payment_id: payment.payment_id,
      reason_key: input.reason_key,
      status: 'pending',
      currency: payment.currency,
      amount: input.amount,
      wallet_amount: input.wallet_amount,
      reason: input.reason,
      metadata: json(input.metadata ?? {}),
      processor: input.amount === 0 ? null : payment.processor,
      processor_key: processorKey(ctx, `refund:${input.reason_key}`, 1),
      created_at: ctx.clock.now(),
      next_check_at: ctx.wall.now(),
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'reason_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

async function insertLines(
  ctx: BusinessCtx,
  { dues_id }: Payment,
  { refund_id }: Refund,
  lines: readonly RefundedPart[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map(({ index, amount, wallet_amount, tax }) => {
    return { refund_id, dues_id, position: index, amount: amount - wallet_amount, wallet_amount, tax }
  })
  await ctx.db
    .insertInto('refund_lines')
    .values(rows.map((row) => ({ ...owned(ctx), ...row })))
    .execute()
}
