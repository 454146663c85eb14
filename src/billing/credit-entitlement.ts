// Credits are units a customer holds and uses up: which are used first, what is left of them at the end of a cycle, what was used beyond
// them. Amounts are exact decimals.
import { type Decimal, least, ONE } from './decimal.ts'
import { MAX_AMOUNT, type Ratio } from './money.ts'

export type OverageBehavior = 'forgive_at_reset' | 'invoice_at_billing' | 'carry_deficit' | 'carry_deficit_auto_repay'

export interface HeldGrant {
  grant_id: string
  remaining: Decimal
  expires_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

export interface Overage {
  /** Used beyond what was granted, so far. */
  used: Decimal
  enabled: boolean
  /** Null: as much as is wanted. */
  limit: Decimal | null
}

export type Deduction =
  | { type: 'draw'; draws: { grant_id: string; amount: Decimal }[]; overage: Decimal }
  | { type: 'refused'; reason: 'insufficient' | 'overage_limit' }

/**
 * Takes an amount from grants, those that expire first before others, then the oldest; what they lack is overage where that is allowed.
 * Example: 30 from grants of 20 (no end) and 5 (ends in March) → 5, then 20, then 5 of overage.
 */
export function planDeduction(amount: Decimal, grants: readonly HeldGrant[], overage: Overage): Deduction {
  let missing = amount
  const draws: { grant_id: string; amount: Decimal }[] = []
  for (const { grant_id, remaining } of [...grants].sort(byExpiry)) {
    if (missing === 0n) break
    if (remaining === 0n) continue
    const drawn = least(remaining, missing)
    draws.push({ grant_id, amount: drawn })
    missing -= drawn
  }
  if (missing > 0n && !overage.enabled) return { type: 'refused', reason: 'insufficient' }
  if (missing > 0n && overage.limit !== null && overage.used + missing > overage.limit) {
    return { type: 'refused', reason: 'overage_limit' }
  }
  return { type: 'draw', draws, overage: missing }
}

function byExpiry(a: HeldGrant, b: HeldGrant): number {
  if (a.expires_at === null || b.expires_at === null) {
    if (a.expires_at !== b.expires_at) return a.expires_at === null ? 1 : -1
  } else {
    const order = Temporal.Instant.compare(a.expires_at, b.expires_at)
    if (order !== 0) return order
  }
  return Temporal.Instant.compare(a.created_at, b.created_at) || (a.grant_id < b.grant_id ? -1 : 1)
}

export interface Rollover {
  enabled: boolean
  /** Of what is left, 0 to 100; null is all of it. */
  percentage: number | null
  /** How often the same credits may roll over; null: as often as they last. */
  max_count: number | null
}

/**
 * What is left of a grant at the end of its cycle: so much goes on, the rest is lost. Rounded down to what the entitlement counts.
 * Example: 41 left, 50 % and whole units → 20 go on, 21 are lost; the same credits a second time where once is allowed → none.
 */
export function closeGrant(
  remaining: Decimal,
  { enabled, percentage, max_count }: Rollover,
  rolledBefore: number,
  precision: number,
): { rolled: Decimal; lost: Decimal } {
  const may = enabled && (max_count === null || rolledBefore < max_count)
  const rolled = may ? roundDown((remaining * BigInt(percentage ?? 100)) / 100n, precision) : 0n
  return { rolled, lost: remaining - rolled }
}

/**
 * New credits pay back what was used beyond the old ones, where the terms say so.
 * Example: 100 new, 30 of overage, `carry_deficit_auto_repay` → 70 to use, 0 of overage; any other behaviour → 100 and 30.
 */
export function repayOverage(amount: Decimal, overage: Decimal, behavior: OverageBehavior) {
  const repaid = behavior === 'carry_deficit_auto_repay' ? least(amount, overage) : 0n
  return { granted: amount - repaid, overage: overage - repaid }
}

/**
 * The price of units in minor units, rounded half away from zero once.
 * Example: 150 units at 0.25 → 37.5 → 38.
 */
export function priceOf(units: Decimal, pricePerUnit: Decimal): number {
  const product = units * pricePerUnit
  const rounded = (product * 2n + ONE * ONE) / (ONE * ONE * 2n)
  return Number(rounded < BigInt(MAX_AMOUNT) ? rounded : BigInt(MAX_AMOUNT))
}

/**
 * What a change of plan adds to a cycle that was given credits already; a smaller plan takes nothing back.
 * Example: 100 given, 300 in the new plan, half of the period left → 100 more; unprorated → 200; 50 in the new plan → 0.
 */
export function addedByChange(
  given: Decimal,
  wanted: Decimal,
  left: Ratio,
  behavior: 'prorate' | 'no_prorate',
  precision: number,
): Decimal {
  if (wanted <= given) return 0n
  const more = wanted - given
  return behavior === 'no_prorate' ? more : roundDown((more * left.numerator) / left.denominator, precision)
}

/**
 * Whether a balance has just become low: above the threshold before, at or below it now.
 * Example: 100 granted each cycle, 20 %: from 25 to 20 → yes; from 20 to 10 → no, it was low before.
 */
export function becameLow(before: Decimal, after: Decimal, threshold: Decimal): boolean {
  return before > threshold && after <= threshold
}

/** So much per cent of an amount. Example: 20 % of 100 → 20. */
export function percentOf(amount: Decimal, percent: number): Decimal {
  return (amount * BigInt(percent)) / 100n
}

/** To so many decimal places. Example: 20.57 to one place → 20.5. */
export function roundDown(amount: Decimal, precision: number): Decimal {
  const step = ONE / 10n ** BigInt(precision)
  return amount - (amount % step)
}
