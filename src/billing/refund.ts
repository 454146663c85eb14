// Giving money back: what of each line of a payment may still be refunded, and what a request for it means. Amounts are minor units,
// with tax.
import { scale, split, sum } from './money.ts'

export interface PaidLine {
  /** How a request names it: its product or add-on. */
  item_id: string
  /** What it cost, with its tax; negative where a change of plan gave something back. */
  gross: number
  tax: number
  /** For a part of a period only: it cannot be refunded by itself. */
  prorated: boolean
  /** Given back, or asked for. */
  refunded: number
  /** Given back as credit. */
  credited: number
}

export interface PaidPayment {
  /** What the payment method and the wallet paid; the subscription's credit is not in it. */
  paid: number
  /** Everything given back, or asked for. */
  refunded: number
  /** Taken back by the bank, or held by it while a dispute is open. */
  disputed: number
  /** Empty where the payment paid for nothing. */
  lines: readonly PaidLine[]
}

export interface RefundItem {
  item_id: string
  /** Null: all that is left of it. */
  amount: number | null
  /** False: the amount is before tax, and its tax is given back besides. */
  tax_inclusive: boolean
}

export interface RefundedLine {
  index: number
  amount: number
  /** The part of the amount that is tax. */
  tax: number
}

export type RefundRefusal =
  | 'ZERO_AMOUNT_PAYMENT_REFUND_NOT_ALLOWED'
  | 'PAYMENT_ALREADY_REFUNDED'
  | 'NOTHING_TO_REFUND'
  | 'REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT'
  | 'DUPLICATE_LINE_ITEMS_IN_REQUEST'
  | 'LINE_ITEM_NOT_FOUND'
  | 'LINE_ITEM_PRORATED'
  | 'LINE_ITEM_FULLY_REFUNDED'
  | 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH'
  | 'LINE_ITEM_REFUND_AMOUNT_TOO_LOW'

export type RefundDecision =
  | { type: 'refund'; amount: number; lines: RefundedLine[] }
  | { type: 'refused'; code: RefundRefusal }

/**
 * What was paid of each line: all of the payment, split over what was charged.
 * Example: 40.00 charged and 15.00 given back of another plan, 25.00 paid → 25.00 of the first line, nothing of the second.
 */
export function paidShares({ paid, lines }: Pick<PaidPayment, 'paid' | 'lines'>): number[] {
  const weights = lines.map(({ gross }) => Math.max(0, gross))
  return paid === 0 || sum(weights) === 0 ? lines.map(() => 0) : split(paid, weights)
}

/**
 * What may still be refunded of each line: paid − refunded − credited, together never more than is left of the payment.
 * Example: a line of 30.00 of which 10.00 were refunded and 5.00 credited: 15.00; with a dispute about 20.00 of it: 0.00.
 */
export function refundableOf(payment: PaidPayment): number[] {
  const shares = paidShares(payment)
  const open = payment.lines.map(({ refunded, credited }, index) => {
    return Math.max(0, (shares[index] ?? 0) - refunded - credited)
  })
  return bounded(open, leftOf(payment))
}

/** What is left of a payment after what was given back of it, whatever its lines were. */
export function leftOf({ paid, refunded, disputed }: Pick<PaidPayment, 'paid' | 'refunded' | 'disputed'>): number {
  return Math.max(0, paid - refunded - disputed)
}

/** All that may still be refunded of a payment; of one that paid for nothing, what is left of it. */
export function refundableTotal(payment: PaidPayment): number {
  return payment.lines.length === 0 ? leftOf(payment) : sum(refundableOf(payment))
}

/**
 * Decides a request: everything that is left, or the items it names.
 * Example: 30.00 and a seat of 10.00 paid; "10.00 of the plan" → 10.00; then everything → 20.00 of the plan and 10.00 of the seat.
 */
export function decideRefund(payment: PaidPayment, items: readonly RefundItem[] | null): RefundDecision {
  if (payment.paid === 0) return refused('ZERO_AMOUNT_PAYMENT_REFUND_NOT_ALLOWED')
  if (payment.refunded >= payment.paid) return refused('PAYMENT_ALREADY_REFUNDED')
  const refundable = refundableOf(payment)
  const all = refundableTotal(payment)
  if (all === 0) return refused('NOTHING_TO_REFUND')
  if (items === null) return { type: 'refund', amount: all, lines: taxed(payment.lines, refundable) }
  const wanted = payment.lines.map(() => 0)
  for (const [at, item] of items.entries()) {
    if (items.findIndex(({ item_id }) => item_id === item.item_id) !== at)
      return refused('DUPLICATE_LINE_ITEMS_IN_REQUEST')
    const code = want(payment.lines, refundable, item, wanted)
    if (code !== undefined) return refused(code)
  }
  return { type: 'refund', amount: sum(wanted), lines: taxed(payment.lines, wanted) }
}

/**
 * An amount given back of a whole payment, over its lines: by what may still be refunded of each.
 * Example: 12.00 of a plan with 30.00 and a seat with 10.00 left → 9.00 and 3.00.
 */
export function spreadRefund(payment: PaidPayment, amount: number): RefundedLine[] {
  return taxed(payment.lines, bounded(refundableOf(payment), amount))
}

export interface RefundedPart extends RefundedLine {
  /** The part of the amount that goes back to the wallet. */
  wallet_amount: number
}

/**
 * Who gets what of a refund: the payment method first, up to what is left of what it paid; the rest was the wallet's.
 * Example: 25.00 of a payment by card 20.00 and wallet 10.00 → 20.00 to the card and 5.00 to the wallet.
 */
export function dividePayees(lines: readonly RefundedLine[], leftOfMethod: number): RefundedPart[] {
  let left = leftOfMethod
  return lines.map((line) => {
    const toMethod = Math.min(line.amount, left)
    left -= toMethod
    return { ...line, wallet_amount: line.amount - toMethod }
  })
}

/**
 * What a line's period is still worth after something of the line was given back; `value` is what the whole period was worth when paid.
 * Example: 30.00 paid for a whole period, 10.00 refunded → 20.00; 40.00 paid for half a period worth 80.00, 10.00 refunded → 60.00.
 */
export function valueAfter(value: number, gross: number, givenBack: number): number {
  if (gross <= 0) return value
  return Math.max(0, value - scale(givenBack, { numerator: BigInt(value), denominator: BigInt(gross) }))
}

/** Lines that an item names: of one product there may be several. */
function want(
  lines: readonly PaidLine[],
  refundable: readonly number[],
  item: RefundItem,
  wanted: number[],
): RefundRefusal | undefined {
  const named = lines.flatMap((line, index) => (line.item_id === item.item_id ? [{ line, index }] : []))
  if (named.length === 0) return 'LINE_ITEM_NOT_FOUND'
  const whole = named.filter(({ line }) => !line.prorated && line.gross > 0)
  if (whole.length === 0) return 'LINE_ITEM_PRORATED'
  const left = sum(whole.map(({ index }) => refundable[index] ?? 0))
  if (left === 0) return 'LINE_ITEM_FULLY_REFUNDED'
  let amount =
    item.amount === null
      ? left
      : withTax(
          whole.map(({ line }) => line),
          item.amount,
          item.tax_inclusive,
        )
  if (amount <= 0) return 'LINE_ITEM_REFUND_AMOUNT_TOO_LOW'
  if (amount > sum(whole.map(({ line }) => line.gross))) return 'REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT'
  if (amount > left) return 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH'
  for (const { index } of whole) {
    const part = Math.min(amount, refundable[index] ?? 0)
    wanted[index] = part
    amount -= part
  }
  return undefined
}

function withTax(lines: readonly PaidLine[], amount: number, inclusive: boolean): number {
  const gross = sum(lines.map((line) => line.gross))
  const net = gross - sum(lines.map(({ tax }) => tax))
  if (inclusive || net <= 0) return amount
  return scale(amount, { numerator: BigInt(gross), denominator: BigInt(net) })
}

/** The tax in what is given back is counted on from what was given back before, so that the parts of a line sum to its tax. */
function taxed(lines: readonly PaidLine[], amounts: readonly number[]): RefundedLine[] {
  return lines.flatMap(({ gross, tax, refunded, credited }, index) => {
    const amount = amounts[index] ?? 0
    if (amount === 0) return []
    const upTo = (given: number) =>
      scale(tax, { numerator: BigInt(Math.min(given, gross)), denominator: BigInt(gross) })
    const before = refunded + credited
    return [{ index, amount, tax: upTo(before + amount) - upTo(before) }]
  })
}

/** The same parts where they fit; otherwise the limit, split over them. */
function bounded(parts: readonly number[], limit: number): number[] {
  return sum(parts) <= limit || sum(parts) === 0 ? [...parts] : split(limit, parts)
}

function refused(code: RefundRefusal): RefundDecision {
  return { type: 'refused', code }
}
