// What a payment paid line by line, with all that was given back of it: the facts from which refunds are decided.
import { sum } from '#billing/money.ts'
import { type PaidLine, type PaidPayment, paidShares } from '#billing/refund.ts'
import { disputedOf } from '#core/disputes/queries.ts'
import { type Dues, type DuesLine, getDues, getDuesLines, grossOf, type Payment } from '#core/payments/queries.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PaidFor {
  dues: Dues
  /** In the order of `paid.lines`; empty where the payment was not applied to its dues. */
  lines: DuesLine[]
  paid: PaidPayment
  /** Of what the payment method paid, what was neither given back to it nor disputed. */
  leftOfMethod: number
}

export async function readPaidFor(ctx: BusinessCtx, payment: Payment): Promise<PaidFor> {
  const dues = await getDues(ctx, payment.dues_id)
  const lines = payment.applied ? await getDuesLines(ctx, payment.dues_id) : []
  const refunded = await refundedLines(ctx, payment.dues_id)
  const given = await givenBackOf(ctx, payment.payment_id, ['pending', 'succeeded'])
  const { held: disputed } = await disputedOf(ctx, payment.payment_id)
  const paid = {
    paid: paidTotal(payment, dues),
    refunded: given.amount + given.wallet_amount,
    disputed,
    lines: lines.map((line) => paidLine(line, refunded.get(line.position) ?? 0)),
  }
  return { dues, lines, paid, leftOfMethod: Math.max(0, payment.total_amount - given.amount - disputed) }
}

/** By the payment method and the wallet, in minor units. */
export function paidTotal({ status, applied, total_amount }: Payment, { wallet_applied }: Dues): number {
  if (status !== 'succeeded') return 0
  return total_amount + (applied ? wallet_applied : 0)
}

/**
 * Of each line of paid dues: what it cost, and what was refunded of it or lost to a dispute. Lowers what the running period is worth;
 * what was given back as credit does so by itself.
 */
export async function readGivenBack(
  ctx: BusinessCtx,
  dues_id: string,
): Promise<{ gross: number; given_back: number }[]> {
  const payment = await from(ctx, 'payments')
    .selectAll()
    .where('dues_id', '=', dues_id)
    .where('applied', '=', true)
    .executeTakeFirst()
  if (payment === undefined) return []
  const { paid } = await readPaidFor(ctx, payment)
  const { lost } = await disputedOf(ctx, payment.payment_id)
  const takenBack = paidShares({ paid: Math.min(lost, paid.paid), lines: paid.lines })
  return paid.lines.map(({ gross, refunded }, index) => ({ gross, given_back: refunded + (takenBack[index] ?? 0) }))
}

/** Names a line in the API: its product or add-on; what is neither, by its place. */
export function itemIdOf({ product_id, addon_id, position }: Pick<DuesLine, 'product_id' | 'addon_id' | 'position'>) {
  return product_id ?? addon_id ?? `line_${position}`
}

/** What was given back of a payment, to its method and to the wallet, in minor units. */
export async function givenBackOf(
  ctx: BusinessCtx,
  payment_id: string,
  statuses: readonly ('pending' | 'succeeded')[],
): Promise<{ amount: number; wallet_amount: number }> {
  const refunds = await from(ctx, 'refunds')
    .select(['amount', 'wallet_amount'])
    .where('payment_id', '=', payment_id)
    .where('status', 'in', [...statuses])
    .execute()
  return {
    amount: sum(refunds.map(({ amount }) => amount)),
    wallet_amount: sum(refunds.map(({ wallet_amount }) => wallet_amount)),
  }
}

/** By position, what refunds that were made or asked for give back of dues. */
export async function refundedLines(ctx: BusinessCtx, dues_id: string): Promise<Map<number, number>> {
  const rows = await from(ctx, 'refund_lines')
    .innerJoin('refunds', on('refunds.refund_id', 'refund_lines.refund_id'))
    .select(['refund_lines.position', 'refund_lines.amount', 'refund_lines.wallet_amount'])
    .where('refund_lines.dues_id', '=', dues_id)
    .where('refunds.status', '!=', 'failed')
    .execute()
  const given = new Map<number, number>()
  for (const { position, amount, wallet_amount } of rows) {
    given.set(position, (given.get(position) ?? 0) + amount + wallet_amount)
  }
  return given
}

function paidLine(line: DuesLine, refunded: number): PaidLine {
  const { tax, prorated, credited } = line
  return { item_id: itemIdOf(line), gross: grossOf(line), tax, prorated, refunded, credited }
}
