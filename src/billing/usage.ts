// What metered usage costs, and where in time it counts. Units are exact decimals; an amount is rounded once, for its line.
import { type Decimal, ONE } from './decimal.ts'
import { MAX_AMOUNT } from './money.ts'
import { type Frequency, notAfter, periodAt } from './period.ts'

export type Aggregation = 'count' | 'sum' | 'max' | 'last'

export interface MeteredTime {
  aggregation: Aggregation
  /** What the events of the stretch of time add up to; undefined where there were none. */
  measured: Decimal | undefined
  /** Units of the same billing period that were billed before: a change of plan has cut it. */
  counted: Decimal
  /** Free units of a whole billing period. */
  free_threshold: Decimal
  /** Minor units, up to twelve decimals. */
  price_per_unit: Decimal
}

export interface MeteredCharge {
  units: Decimal
  /** What of them is free here. */
  free_units: Decimal
  chargeable_units: Decimal
  /** Minor units. */
  amount: number
  /** Of the whole billing period so far. */
  counted: Decimal
}

const max = (a: Decimal, b: Decimal) => (a > b ? a : b)

/**
 * Charges what lies above the free units, of which those counted before in the same period are used up. A sum or count goes on adding;
 * a highest or last value is one for the whole period, so only what it rises above the units billed before is charged.
 * Example: 1,500,000 calls, 500,000 free, 0.0025 each → 1,000,000 × 0.0025 = 2500. After 700 of a period were billed and the plan
 * changed to one with 1,000 free, 500 more: 300 of them are free, 200 are charged.
 */
export function chargeUsage(time: MeteredTime): MeteredCharge {
  const { units, free_units, counted } = adds(time.aggregation) ? addUp(time) : stand(time)
  const chargeable_units = max(0n, units - free_units)
  return { units, free_units, chargeable_units, amount: costOf(chargeable_units, time.price_per_unit), counted }
}

function adds(aggregation: Aggregation): boolean {
  return aggregation === 'count' || aggregation === 'sum'
}

function addUp({ measured = 0n, counted, free_threshold }: MeteredTime) {
  return { units: measured, free_units: max(0n, free_threshold - max(0n, counted)), counted: counted + measured }
}

function stand({ aggregation, measured, counted, free_threshold }: MeteredTime) {
  const units = aggregation === 'max' ? max(measured ?? counted, counted) : (measured ?? counted)
  return { units, free_units: max(free_threshold, counted), counted: max(units, counted) }
}

/** Half away from zero; no line is more than the API's largest amount. */
function costOf(units: Decimal, price: Decimal): number {
  const steps = ONE * ONE
  const amount = (units * price * 2n + steps) / (steps * 2n)
  return amount > BigInt(MAX_AMOUNT) ? MAX_AMOUNT : Number(amount)
}

/** Microseconds since 1970, as the database keeps instants: a whole number that a double holds exactly. */
export type Microseconds = number

/** Anything finer is cut off, as the database does. */
export function microsecondsOf(instant: Temporal.Instant): Microseconds {
  return Number(instant.epochNanoseconds / 1000n)
}

/**
 * The moment at which an event counts: its own, or the end of what was billed already where it comes late.
 * Example: of 31 Jan 23:50, reported on 1 Feb at 0:10, after the invoice of 1 Feb 0:00 → 1 Feb 0:00.
 */
export function countedAt(occurred: Microseconds, billedUntil: Microseconds): Microseconds {
  return Math.max(occurred, billedUntil)
}

const HOUR = 3_600_000_000

/**
 * The start of the bucket that a moment belongs to: its hour, or the boundary of billing that lies between.
 * Example: 10:40 → 10:00; with a period that begins at 10:30 → 10:30; 10:20 → 10:00.
 */
export function bucketOf(at: Microseconds, boundaries: readonly Microseconds[]): Microseconds {
  let start = Math.floor(at / HOUR) * HOUR
  for (const boundary of boundaries) if (start < boundary && boundary <= at) start = boundary
  return start
}

export interface BillingDates {
  anchor: Temporal.Instant
  period_number: number
  next_billing_date: Temporal.Instant
  expires_at: Temporal.Instant | null
  frequency: Frequency
}

/**
 * Where periods begin, from the next billing date to `latest`: none while the running period goes on, several where renewals are late.
 * Example: next 31 Jan, monthly from 31 Jan, until 15 Mar → 31 Jan, 28 Feb.
 */
export function boundariesUntil(dates: BillingDates, latest: Temporal.Instant): Temporal.Instant[] {
  const { anchor, frequency, expires_at } = dates
  const boundaries: Temporal.Instant[] = []
  let boundary = dates.next_billing_date
  for (let number = dates.period_number + 1; notAfter(boundary, latest); number += 1) {
    boundaries.push(boundary)
    const { end } = periodAt(anchor, frequency, number, expires_at)
    if (notAfter(end, boundary)) break
    boundary = end
  }
  return boundaries
}
