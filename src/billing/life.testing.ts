// For the tests of properties alone: one subscription, its periods and its money in memory, moved by the rules as core moves its rows.

import type { PeriodValue } from './change-lines.ts'
import { valuesOf, wholePrice } from './change-lines.ts'
import { releaseFromHold } from './hold.ts'
import {
  type Deed,
  grossOf,
  later,
  lengthOf,
  type Plan,
  planOf,
  type StartOfLife,
  shortest,
} from './life-facts.testing.ts'
import { type Ratio, scale } from './money.ts'
import { type Anchored, moveBillingDate } from './moved-date.ts'
import { resumeDates } from './pause.ts'
import { notAfter, type Period, periodAt, uncutPeriod } from './period.ts'
import { decidePlanChange, type PlanChange, type PlanChangeDecision } from './plan-change.ts'
import { shareOf } from './price.ts'
import { type PaidLine, refundableTotal, spreadRefund, valueAfter } from './refund.ts'
import { decideRenewal } from './renewal.ts'
import { startSubscription } from './start.ts'

interface Payment {
  paid: number
  refunded: number
  disputed: number
  lines: PaidLine[]
}

type Value = PeriodValue & { line: PaidLine | null }

const NONE: Ratio = { numerator: 0n, denominator: 1n }
const WHOLE: Ratio = { numerator: 1n, denominator: 1n }

export class Life {
  readonly pieces: (Period & { kind: 'paid' | 'held' | 'paused' })[] = []
  readonly charges: { at: Temporal.Instant; until: Temporal.Instant }[] = []
  readonly credits: { credited: number; worth: Ratio; lines: number }[] = []
  readonly worths: { value: number; most: number }[] = []
  /** Each plan's value, since when it was the plan, and until when, as shares of the period left. */
  readonly used: { value: number; since: Ratio; until: Ratio }[] = []
  charged = 0
  credited = 0
  refunded = 0
  /** How many lines were rounded. */
  rounded = 0
  ended_at: Temporal.Instant | null = null
  dates: Anchored & { expires_at: Temporal.Instant | null }
  private now: Temporal.Instant
  private cancel_at_next_billing_date = false
  private served: Period
  private plan: Plan
  private values: Value[] = []
  /** The plan has changed inside the running period. */
  private blended = false
  private readonly payments: Payment[] = []
  private readonly from: StartOfLife

  constructor(from: StartOfLife) {
    this.from = from
    this.now = Temporal.Instant.from('2024-01-01T00:00:00Z').add({ minutes: from.minute })
    this.plan = planOf(from, 0)
    const { frequency } = this.plan
    const first = startSubscription(this.now, frequency, { count: from.term_days, interval: 'Day' }, 0)
    const { anchor, period_number, next_billing_date, expires_at, period } = first
    this.dates = { anchor, period_number, next_billing_date, expires_at }
    this.served = period
    this.beginPeriod(period, shareOf(period, periodAt(anchor, frequency, 0)))
  }

  do(deed: Deed): void {
    if (this.ended_at !== null) return
    if ('after' in deed) this.now = later(this.now, this.dates.next_billing_date, deed.after)
    if (deed.type === 'renew') this.renew()
    if (deed.type === 'refund') this.refund(deed)
    if (deed.type === 'change') this.change(deed)
    if (deed.type === 'rest') this.rest(deed)
    if (deed.type === 'move') this.move(deed.hours)
    if (deed.type === 'cancel_now') this.ended_at = this.now
    if (deed.type === 'cancel_later') this.cancel_at_next_billing_date = true
  }

  /** What is asked of the rule; undefined where the subscription has ended or its next period is owed. */
  changeTo(to: number, mode: PlanChange['mode']): PlanChange | undefined {
    const { now, dates, served: period } = this
    if (this.ended_at !== null || notAfter(dates.next_billing_date, now)) return undefined
    const { frequency, items } = this.plan
    const whole = uncutPeriod(period, { ...dates, frequency })
    const plans = { from: { frequency, items }, to: planOf(this.from, to), values: this.valuesLeft() }
    return { now, mode, state: 'paid', period, whole, expires_at: dates.expires_at, ...plans }
  }

  private change({ plan, mode }: Extract<Deed, { type: 'change' }>): void {
    const change = this.changeTo(plan, mode)
    if (change === undefined) return
    const decided = decidePlanChange(change)
    const given = this.giveBack(change, decided)
    const lines = decided.charge > 0 ? this.pay(decided.charge, decided.lines, decided.date.period.end) : []
    const before = this.plan.frequency
    this.plan = planOf(this.from, plan)
    // Another rhythm without a restart begins at the next billing date, which is then its anchor.
    if (decided.date.type === 'kept' && JSON.stringify(before) !== JSON.stringify(this.plan.frequency)) {
      this.dates = { ...this.dates, anchor: this.dates.next_billing_date, period_number: -1 }
    }
    if (decided.values === null) return
    this.values = decided.values.map((value, at) => ({ ...value, line: lines[given + at] ?? null }))
    this.blended = decided.date.type === 'kept'
    const left = shareOf({ start: this.now, end: this.served.end }, this.served)
    if (decided.date.type === 'restart') this.restart(decided.date.period)
    this.use(left, decided.date.type === 'restart' ? WHOLE : left)
  }

  private giveBack({ values }: PlanChange, { credit, gift, lines }: PlanChangeDecision): number {
    const { numerator, denominator } = shareOf({ start: this.now, end: this.served.end }, this.served)
    const worth = { numerator: BigInt(grossOf(values)) * numerator, denominator }
    this.credits.push({ credited: credit - gift, worth, lines: lines.length })
    this.credited += credit - gift
    this.rounded += lines.length
    const given = lines.filter(({ kind }) => kind === 'credit')
    for (const [at, { gross }] of given.entries()) {
      const line = this.values[at]?.line
      if (line != null) line.credited -= gross
    }
    return given.length
  }

  private restart(period: Period): void {
    this.cutLast(this.now)
    this.pieces.push({ ...period, kind: 'paid' })
    this.served = period
    this.dates = { ...this.dates, anchor: this.now, period_number: 0, next_billing_date: period.end }
  }

  private renew(): void {
    this.now = this.dates.next_billing_date
    const { plan, cancel_at_next_billing_date } = this
    const decided = decideRenewal({ ...this.dates, frequency: plan.frequency, cancel_at_next_billing_date }, this.now)
    if (decided.type === 'charge') {
      this.dates = { ...this.dates, period_number: decided.period_number }
      this.beginPeriod(decided.period, decided.share)
    } else if (decided.type !== 'not_due') this.ended_at = decided.at
  }

  private beginPeriod(period: Period, share: Ratio): void {
    const priced = wholePrice(this.plan, share)
    const lines = this.pay(priced.totals.total, priced.lines, period.end)
    this.values = valuesOf(this.plan.items, priced).map((value, at) => ({ ...value, line: lines[at] ?? null }))
    this.pieces.push({ ...period, kind: 'paid' })
    this.served = period
    this.dates = { ...this.dates, next_billing_date: period.end }
    this.blended = false
    this.use(NONE, WHOLE)
  }

  /** The values are those of a plan that begins with the share `since` of its period left, after one that ended with `until`. */
  private use(until: Ratio, since: Ratio): void {
    const before = this.used.at(-1)
    if (before !== undefined) before.until = until
    const value = grossOf(this.values)
    this.used.push({ value, since, until: NONE })
    const { frequency, items } = this.plan
    const share = { numerator: lengthOf(this.served), denominator: shortest(frequency) }
    const whole = wholePrice(this.plan, WHOLE).totals.total
    const cut = this.dates.expires_at?.equals(this.served.end) && share.numerator < share.denominator
    this.worths.push({ value, most: cut ? scale(whole, share) + items.length : whole })
  }

  private pay(amount: number, charged: readonly { gross: number; tax: number }[], until: Temporal.Instant): PaidLine[] {
    const nothing = { prorated: false, refunded: 0, credited: 0 }
    const lines = charged.map(({ gross, tax }, at) => ({ item_id: `${at}`, gross, tax, ...nothing }))
    this.payments.push({ paid: amount, refunded: 0, disputed: 0, lines })
    this.charged += amount
    this.charges.push({ at: this.now, until })
    return lines
  }

  private refund({ payment, share }: Extract<Deed, { type: 'refund' }>): void {
    const paid = this.payments[payment % this.payments.length]
    if (paid === undefined) return
    const amount = Math.ceil((refundableTotal(paid) * share) / 100)
    for (const part of amount === 0 ? [] : spreadRefund(paid, amount)) {
      const line = paid.lines[part.index]
      if (line !== undefined) line.refunded += part.amount
      paid.refunded += part.amount
      this.refunded += part.amount
      this.rounded += 1
    }
  }

  private rest({ kind, hours }: Extract<Deed, { type: 'rest' }>): void {
    const [since, now] = [this.now, this.now.add({ hours })]
    const { dates, pieces } = this
    const { frequency } = this.plan
    const last = pieces.at(-1) ?? this.served
    const end = last.end.add({ hours })
    this.cutLast(since)
    pieces.push({ start: since, end: now, kind }, { start: now, end, kind: 'paid' })
    const held = { ...dates, since, paused_at: since }
    this.dates = kind === 'held' ? releaseFromHold(held, frequency, now) : resumeDates(held, frequency, now)
    this.served = { start: this.served.start.add({ hours }), end: this.dates.next_billing_date }
    this.now = now
  }

  /** What a merchant gives by moving a date after a change of plan is not counted: the new plan's value is spread with it. */
  private move(hours: number): void {
    const { dates, served, now, blended } = this
    const date = dates.next_billing_date.add({ hours })
    const cut = dates.expires_at?.equals(served.end) || (dates.expires_at !== null && notAfter(dates.expires_at, date))
    if (blended || cut || notAfter(date, now)) return
    this.dates = { ...dates, ...moveBillingDate(dates, this.plan.frequency, date) }
    const last = this.pieces.at(-1)
    if (last !== undefined) last.end = date
    this.served = { start: served.start, end: date }
  }

  /** The last piece ends then, or was never there. */
  private cutLast(at: Temporal.Instant): void {
    const last = this.pieces.at(-1)
    if (last === undefined) return
    if (notAfter(at, last.start)) this.pieces.pop()
    else last.end = at
  }

  private valuesLeft(): Value[] {
    return this.values.map((value) => {
      const { line } = value
      const gross = line === null ? value.gross : valueAfter(value.gross, line.gross, line.refunded)
      const ratio = { numerator: BigInt(gross), denominator: BigInt(value.gross || 1) }
      return { ...value, gross, tax: scale(value.tax, ratio) }
    })
  }
}
