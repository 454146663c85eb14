// What random lives of a subscription begin with, and what may be done to them; see life.testing.ts.
import type { ChangeItem } from './change-lines.ts'
import type { DiscountTerms } from './discount.ts'
import { sum } from './money.ts'
import type { Frequency, Period } from './period.ts'
import type { PlanChange } from './plan-change.ts'
import type { TaxRate } from './tax.ts'

export const modes = ['prorated_immediately', 'difference_immediately', 'full_immediately', 'do_not_bill'] as const

export interface PlanOffered {
  items: readonly { unit_price: number; quantity: number }[]
  /** Its own rhythm; the start's where null. */
  frequency: Frequency | null
}

export interface StartOfLife {
  /** Minutes after 1 January 2024. */
  minute: number
  frequency: Frequency
  term_days: number
  plans: readonly PlanOffered[]
  discounts: readonly DiscountTerms[]
  tax: TaxRate | null
  tax_inclusive: boolean
}

/** `after`: how many thousandths of the time left pass before it is done. Plans and payments are counted around. */
export type Deed =
  | { type: 'change'; after: number; plan: number; mode: PlanChange['mode'] }
  | { type: 'rest'; after: number; kind: 'held' | 'paused'; hours: number }
  | { type: 'move'; after: number; hours: number }
  | { type: 'refund'; payment: number; share: number }
  | { type: 'renew' }
  | { type: 'cancel_now' | 'cancel_later'; after: number }

const DAY = 24n * 3600n * 10n ** 9n

/** The length of the shortest period of a frequency. */
export function shortest({ count, interval }: Frequency): bigint {
  return BigInt(count) * { Day: 1n, Week: 7n, Month: 28n, Year: 365n }[interval] * DAY
}

export type Plan = ReturnType<typeof planOf>

export function planOf({ plans, frequency, discounts, tax, tax_inclusive }: StartOfLife, index: number) {
  const offered = plans[index % plans.length]
  const items: ChangeItem[] = (offered?.items ?? []).map((item, at) => {
    return { ...item, description: `${index}/${at}`, sold_with: 'pdt_1', tax, tax_inclusive }
  })
  return { items, discounts, frequency: offered?.frequency ?? frequency }
}

export function lengthOf({ start, end }: Period): bigint {
  return end.epochNanoseconds - start.epochNanoseconds
}

export function grossOf(values: readonly { gross: number }[]): number {
  return sum(values.map(({ gross }) => gross))
}

export function later(now: Temporal.Instant, end: Temporal.Instant, thousandths: number): Temporal.Instant {
  const left = Math.max(0, end.epochMilliseconds - now.epochMilliseconds)
  return now.add({ milliseconds: Math.floor((left * thousandths) / 1000) })
}
