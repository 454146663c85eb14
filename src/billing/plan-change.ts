// Changing plan: what is charged and credited now, what happens to the date, and what the running period is worth afterwards.
// One decision for the preview and the change itself. Amounts are minor units, negative where something is given back.
import { type Ratio, scale, sum } from './money.ts'
import { type Frequency, type Period, periodAt, periodBoundary } from './period.ts'
import { type PricedItem, shareOf } from './price.ts'

export type ProrationBillingMode =
  | 'prorated_immediately'
  | 'difference_immediately'
  | 'full_immediately'
  | 'do_not_bill'

/** What was really charged for one line of the whole running period, less what was given back of it. */
export interface PeriodValue {
  description: string
  quantity: number
  amount: number
}

export interface ChangeItem extends PricedItem {
  description: string
}

export interface PlanChange {
  now: Temporal.Instant
  mode: ProrationBillingMode
  /** `trial` and `paid_trial` end with any change that charges. */
  state: 'paid' | 'trial' | 'paid_trial'
  period: Period
  /** The running period as it would be without the end of the term; the same where the term does not cut it. */
  whole: Period
  values: readonly PeriodValue[]
  from: { frequency: Frequency; items: readonly ChangeItem[] }
  to: { frequency: Frequency; items: readonly ChangeItem[] }
  expires_at: Temporal.Instant | null
}

export interface ChangeLine {
  kind: 'credit' | 'charge'
  description: string
  quantity: number
  /** Of a whole period, negative in a credit: quantity × unit_price × share is the amount. */
  unit_price: number
  /** The part of a period this line is for. */
  share: Ratio
  amount: number
}

export interface PlanChangeDecision {
  direction: 'upgrade' | 'downgrade'
  lines: ChangeLine[]
  /** To be paid now, 0 or more. */
  charge: number
  /** Granted to the subscription for its next invoices, 0 or more. */
  credit: number
  /** The part of `credit` beyond what was paid for the time left: a gift of the merchant. */
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
 * period; Pro to Starter 20.00: prorated −30.00; difference −60.00, of which 20.00 are a gift.
 */
export function decidePlanChange(change: PlanChange): PlanChangeDecision {
  const direction = directionOf(change)
  if (change.mode === 'do_not_bill') {
    return settle(direction, [], { type: 'kept', period: change.period }, null, 0)
  }
  if (change.state !== 'paid') return restart(change, direction, change.state === 'paid_trial')
  if (change.mode === 'full_immediately') return restart(change, direction, false)
  if (!sameRhythm(change)) return restart(change, direction, true)
  return keepDate(change, direction)
}

/** Longer billing counts as up, shorter as down; at the same rhythm the dearer is up, and an equal price too. */
export function directionOf({ from, to, now }: Pick<PlanChange, 'from' | 'to' | 'now'>): 'upgrade' | 'downgrade' {
  const end = (frequency: Frequency) => periodBoundary(now, frequency, 1)
  const length = Temporal.Instant.compare(end(to.frequency), end(from.frequency))
  const dearer = length === 0 ? totalOf(to.items) - totalOf(from.items) : length
  return dearer < 0 ? 'downgrade' : 'upgrade'
}

/** Whether anything would change at all. */
export function isSamePlan(
  from: { product_id: string; quantity: number; addons: readonly { addon_id: string; quantity: number }[] },
  to: typeof from,
): boolean {
  const addons = (plan: typeof from) =>
    plan.addons
      .map(({ addon_id, quantity }) => `${addon_id}×${quantity}`)
      .sort()
      .join(' ')
  return from.product_id === to.product_id && from.quantity === to.quantity && addons(from) === addons(to)
}

/** From the portal nobody is given back more than they paid, and a change of rhythm is always told in days. */
export function portalMode(
  mode: ProrationBillingMode,
  change: Pick<PlanChange, 'from' | 'to' | 'now'>,
): ProrationBillingMode {
  const { from, to, now } = change
  const end = (frequency: Frequency) => periodBoundary(now, frequency, 1)
  const otherRhythm = !end(from.frequency).equals(end(to.frequency))
  return otherRhythm || totalOf(to.items) <= totalOf(from.items) ? 'prorated_immediately' : mode
}

function keepDate(change: PlanChange, direction: PlanChangeDecision['direction']): PlanChangeDecision {
  const left = shareOf({ start: change.now, end: change.period.end }, change.period)
  const share = change.mode === 'prorated_immediately' ? left : WHOLE
  const served = shareOf(change.period, change.whole)
  const lines = [
    ...change.values.map((value) => creditLine(value, share)),
    ...change.to.items.map((item) => chargeLine(item, product(share, served))),
  ]
  const paidFor = sum(change.values.map((value) => scale(value.amount, left)))
  return settle(direction, lines, { type: 'kept', period: change.period }, valuesOf(change.to.items, served), paidFor)
}

function restart(change: PlanChange, direction: PlanChangeDecision['direction'], credits: boolean): PlanChangeDecision {
  const left = shareOf({ start: change.now, end: change.period.end }, change.period)
  const whole = periodAt(change.now, change.to.frequency, 0)
  const period = periodAt(change.now, change.to.frequency, 0, change.expires_at)
  const share = shareOf(period, whole)
  const given = credits ? change.values.map((value) => creditLine(value, left)) : []
  const lines = [...given, ...change.to.items.map((item) => chargeLine(item, share))]
  const paidFor = -sum(given.map((line) => line.amount))
  return settle(direction, lines, { type: 'restart', period }, valuesOf(change.to.items, share), paidFor)
}

function settle(
  direction: PlanChangeDecision['direction'],
  lines: ChangeLine[],
  date: PlanChangeDecision['date'],
  values: PeriodValue[] | null,
  paidFor: number,
): PlanChangeDecision {
  const total = sum(lines.map((line) => line.amount))
  const credit = Math.max(0, -total)
  return { direction, lines, charge: Math.max(0, total), credit, gift: Math.max(0, credit - paidFor), date, values }
}

/** The same billing rhythm, and no more than one of its periods ahead: a moved date may have made the running period longer. */
function sameRhythm({ from, to, now, period }: PlanChange): boolean {
  const oneFromNow = periodBoundary(now, from.frequency, 1)
  const same = periodBoundary(period.start, from.frequency, 1).equals(periodBoundary(period.start, to.frequency, 1))
  return same && Temporal.Instant.compare(period.end, oneFromNow) <= 0
}

function creditLine({ description, quantity, amount }: PeriodValue, share: Ratio): ChangeLine {
  const even = amount % quantity === 0
  const units = even ? { quantity, unit_price: 0 - amount / quantity } : { quantity: 1, unit_price: 0 - amount }
  return { kind: 'credit', description, ...units, share, amount: 0 - scale(amount, share) }
}

function chargeLine({ description, quantity, unit_price }: ChangeItem, share: Ratio): ChangeLine {
  return { kind: 'charge', description, quantity, unit_price, share, amount: scale(quantity * unit_price, share) }
}

function valuesOf(items: readonly ChangeItem[], share: Ratio): PeriodValue[] {
  return items.map(({ description, quantity, unit_price }) => ({
    description,
    quantity,
    amount: scale(quantity * unit_price, share),
  }))
}

function totalOf(items: readonly PricedItem[]): number {
  return sum(items.map(({ quantity, unit_price }) => quantity * unit_price))
}

function product(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator }
}
