// Changing plan: what is charged and credited now, what happens to the date, and what the running period is worth afterwards.
// One decision for the preview and the change itself. Amounts are minor units, negative where something is given back.
import {
  type ChangeItem,
  type ChangeLine,
  chargeLines,
  creditLines,
  type PeriodValue,
  type PricedPlan,
  valuesOf,
  wholePrice,
} from './change-lines.ts'
import { type Ratio, sum } from './money.ts'
import { type Frequency, type Period, periodAt, periodBoundary } from './period.ts'
import { type PricedItem, shareOf } from './price.ts'
import { type LineTotals, type PricedLines, partOf, takeShare, totalsOf } from './price-lines.ts'

export type ProrationBillingMode =
  | 'prorated_immediately'
  | 'difference_immediately'
  | 'full_immediately'
  | 'do_not_bill'

export interface PlanChange {
  now: Temporal.Instant
  mode: ProrationBillingMode
  /** `trial` and `paid_trial` end with any change that charges. */
  state: 'paid' | 'trial' | 'paid_trial'
  period: Period
  /** The running period as it would be without the end of the term; the same where the term does not cut it. */
  whole: Period
  values: readonly PeriodValue[]
  from: { frequency: Frequency; items: readonly PricedItem[] }
  to: PricedPlan & { frequency: Frequency }
  expires_at: Temporal.Instant | null
}

export interface PlanChangeDecision {
  direction: 'upgrade' | 'downgrade'
  lines: ChangeLine[]
  totals: LineTotals
  /** What each discount takes of what is charged, in their order. */
  discounts: number[]
  /** Which discounts this pays a whole period with: all, those that are new to the subscription, or none. */
  cycles: 'all' | 'new' | 'none'
  /** To be paid now, 0 or more. */
  charge: number
  /** Granted to the subscription for its next invoices, 0 or more. */
  credit: number
  /** The part of `credit` beyond what was paid for the time left and the new plan does not cost: a gift of the merchant. */
  gift: number
  /** `restart`: a new period begins now and is the new anchor's first. */
  date: { type: 'kept'; period: Period } | { type: 'restart'; period: Period }
  /** What the period then running is worth, line by line, once the change is paid; null leaves it as it was. */
  values: PeriodValue[] | null
}

const WHOLE = { numerator: 1n, denominator: 1n }

/**
 * Decides a change made at `now`.
 * Example: Basic 30.00 to Pro 80.00 with 15 of 30 days left: prorated 40.00 − 15.00 = 25.00; difference 50.00; full 80.00 and a new
 * period; Pro to Starter 20.00: prorated −30.00; difference −60.00, of which 30.00 are a gift.
 */
export function decidePlanChange(change: PlanChange): PlanChangeDecision {
  const direction = directionOf(change)
  if (change.mode === 'do_not_bill') return { direction, ...freeChange(change.period) }
  if (change.state !== 'paid') return { direction, ...restart(change, change.state === 'paid_trial') }
  if (change.mode === 'full_immediately') return { direction, ...restart(change, false) }
  if (!sameRhythm(change)) return { direction, ...restart(change, true) }
  return { direction, ...keepDate(change) }
}

/** Longer billing counts as up, shorter as down; at the same rhythm the dearer is up, and an equal price too. */
export function directionOf({ from, to, now }: Pick<PlanChange, 'from' | 'to' | 'now'>): 'upgrade' | 'downgrade' {
  const end = (frequency: Frequency) => periodBoundary(now, frequency, 1)
  const length = Temporal.Instant.compare(end(to.frequency), end(from.frequency))
  const dearer = length === 0 ? totalOf(to.items) - totalOf(from.items) : length
  return dearer < 0 ? 'downgrade' : 'upgrade'
}

interface Plan {
  product_id: string
  quantity: number
  addons: readonly { addon_id: string; quantity: number }[]
  /** In their order. */
  discount_ids: readonly string[]
}

/** Whether anything would change at all. */
export function isSamePlan(from: Plan, to: Plan): boolean {
  const addons = (plan: Plan) =>
    plan.addons
      .map(({ addon_id, quantity }) => `${addon_id}×${quantity}`)
      .sort()
      .join(' ')
  const discounts = ({ discount_ids }: Plan) => discount_ids.join(' ')
  const same = from.product_id === to.product_id && from.quantity === to.quantity
  return same && addons(from) === addons(to) && discounts(from) === discounts(to)
}

/** From the portal nobody is given back more than they paid, and a change of rhythm is always told in days. */
export function portalMode(
  mode: ProrationBillingMode,
  { from, to, now, values }: Pick<PlanChange, 'from' | 'to' | 'now' | 'values'>,
): ProrationBillingMode {
  const end = (frequency: Frequency) => periodBoundary(now, frequency, 1)
  const otherRhythm = !end(from.frequency).equals(end(to.frequency))
  const paid = sum(values.map(({ gross }) => gross))
  const cheaper = totalOf(to.items) <= totalOf(from.items) || wholePrice(to, WHOLE).totals.total <= paid
  return otherRhythm || cheaper ? 'prorated_immediately' : mode
}

type Settled = Omit<PlanChangeDecision, 'direction'>

function freeChange(period: Period): Settled {
  const totals = { subtotal: 0, tax: 0, tax_added: 0, total: 0 }
  const nothing = { lines: [], totals, discounts: [], cycles: 'none' as const, charge: 0, credit: 0, gift: 0 }
  return { ...nothing, date: { type: 'kept', period }, values: null }
}

function keepDate(change: PlanChange): Settled {
  const { mode, period, values, to } = change
  const left = shareOf({ start: change.now, end: period.end }, period)
  const share = mode === 'prorated_immediately' ? left : WHOLE
  const served = shareOf(period, change.whole)
  const price = wholePrice(to, served)
  // Of what was paid for the time left, the new plan keeps its part: it is what that time is worth from now on.
  const paidFor = sum(takeShare(values, left).map(({ gross }) => gross)) - partOf(price, left).totals.total
  return {
    ...settle(creditLines(values, share), partOf(price, share), to.items, product(share, served), paidFor),
    cycles: mode === 'prorated_immediately' ? 'none' : 'new',
    date: { type: 'kept', period },
    values: valuesOf(to.items, price),
  }
}

function restart(change: PlanChange, credits: boolean): Settled {
  const { now, to, expires_at } = change
  const left = shareOf({ start: now, end: change.period.end }, change.period)
  const period = periodAt(now, to.frequency, 0, expires_at)
  const share = shareOf(period, periodAt(now, to.frequency, 0))
  const price = wholePrice(to, share)
  const given = credits ? creditLines(change.values, left) : []
  const paidFor = -sum(given.map(({ gross }) => gross))
  return {
    ...settle(given, price, to.items, share, paidFor),
    cycles: 'all',
    date: { type: 'restart', period },
    values: valuesOf(to.items, price),
  }
}

function settle(
  credits: ChangeLine[],
  charged: PricedLines,
  items: readonly ChangeItem[],
  share: Ratio,
  paidFor: number,
): Pick<Settled, 'lines' | 'totals' | 'discounts' | 'charge' | 'credit' | 'gift'> {
  const lines = [...credits, ...chargeLines(items, charged, share)]
  const totals = totalsOf(lines)
  const credit = Math.max(0, -totals.total)
  const gift = Math.max(0, credit - Math.max(0, paidFor))
  return { lines, totals, discounts: charged.discounts, charge: Math.max(0, totals.total), credit, gift }
}

/** The same billing rhythm, and no more than one of its periods ahead: a moved date may have made the running period longer. */
function sameRhythm({ from, to, now, period }: PlanChange): boolean {
  // Counted back from the end: forward from 28 February a month ends on 28 March, while the period ends on the anchor's 31st.
  const oneBefore = periodBoundary(period.end, from.frequency, -1)
  const same = periodBoundary(period.start, from.frequency, 1).equals(periodBoundary(period.start, to.frequency, 1))
  return same && Temporal.Instant.compare(oneBefore, now) <= 0
}

function totalOf(items: readonly PricedItem[]): number {
  return sum(items.map(({ quantity, unit_price }) => quantity * unit_price))
}

function product(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator }
}
