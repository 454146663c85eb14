// The payments that made the running period what it is worth, newest first.
import { sum } from '#billing/money.ts'
import { type PaidPayment, type RefundedLine, refundableTotal, spreadRefund } from '#billing/refund.ts'
import { ownLines } from '#core/payments/own-lines.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { type PaidFor, readPaidFor } from '#core/refunds/paid-lines.ts'
import { from, on } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PeriodPayment {
  payment: Payment
  /** Of what may be refunded of it, what goes back to the payment method; the rest is the wallet's. */
  refundable: number
  wallet: number
  /** What credit that was paid for paid of the same dues. */
  credit: number
  /** An amount, over the subscription's lines. */
  linesOf(amount: number): RefundedLine[]
}

/** `began` is when the period did. Locked for whoever gives money back, with the subscription locked before. */
export async function readPeriodPayments(
  ctx: BusinessCtx,
  { subscription_id }: Subscription,
  began: Temporal.Instant,
  { lock }: { lock: boolean },
): Promise<PeriodPayment[]> {
  const query = from(ctx, 'payments')
    .selectAll('payments')
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .where('payments.subscription_id', '=', subscription_id)
    .where('payments.applied', '=', true)
    .where('dues.kind', 'in', ['checkout', 'renewal', 'plan_change'])
    .where('dues.period_start', '>=', began)
    .orderBy('payments.created_at', 'desc')
    .orderBy('payments.payment_id', 'desc')
  const payments = await (lock ? query.forUpdate('payments') : query).execute()
  return Promise.all(payments.map((payment) => periodPayment(ctx, payment)))
}

async function periodPayment(ctx: BusinessCtx, payment: Payment): Promise<PeriodPayment> {
  const facts = await readPaidFor(ctx, payment)
  const paid = await ownPart(ctx, facts)
  const total = refundableTotal(paid)
  const refundable = Math.min(total, facts.leftOfMethod)
  const credit = await paidCreditOf(ctx, facts.dues)
  return { payment, refundable, wallet: total - refundable, credit, linesOf: (amount) => spreadRefund(paid, amount) }
}

/** The subscription's part: what was bought once beside it is not to be given back, so its lines count as given back already. */
async function ownPart(ctx: BusinessCtx, { dues, lines, paid }: PaidFor): Promise<PaidPayment> {
  if (dues.kind !== 'checkout') return paid
  const own = ownLines(lines, 'checkout', await planOf(ctx, lines))
  return {
    ...paid,
    lines: paid.lines.map((line, index) => {
      const at = lines[index]
      return at !== undefined && own.has(at) ? line : { ...line, credited: line.gross }
    }),
  }
}

/** A checkout begins one subscription at most. */
async function planOf(ctx: BusinessCtx, lines: PaidFor['lines']): Promise<string> {
  const plan = await from(ctx, 'products')
    .select('product_id')
    .where(
      'product_id',
      'in',
      lines.flatMap(({ product_id }) => product_id ?? []),
    )
    .where('price_type', '!=', 'one_time_price')
    .executeTakeFirst()
  return plan?.product_id ?? ''
}

async function paidCreditOf(ctx: BusinessCtx, { dues_id }: Dues): Promise<number> {
  const entries = await from(ctx, 'credit_entries')
    .select('amount')
    .where('dues_id', '=', dues_id)
    .where('gift', '=', false)
    .execute()
  return Math.max(0, 0 - sum(entries.map(({ amount }) => amount)))
}
