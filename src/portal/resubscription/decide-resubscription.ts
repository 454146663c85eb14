import { hasEnded, type SubscriptionStatus } from '#billing/status.ts'

/** Whether what has ended can be bought again; null while it runs. */
export type Resubscription = 'offered' | 'product_gone' | 'one_at_a_time' | null

interface Ended {
  status: SubscriptionStatus
  /** Agreed upon with the business, not bought by oneself. */
  on_demand: boolean
  product_archived_at: Temporal.Instant | null
}

/** `running`: whether the customer has a subscription that runs; `several`: whether the business lets them hold more than one. */
export function decideResubscription(
  { status, on_demand, product_archived_at }: Ended,
  { running, several }: { running: boolean; several: boolean },
): Resubscription {
  if (!hasEnded(status) || on_demand) return null
  if (product_archived_at !== null) return 'product_gone'
  return running && !several ? 'one_at_a_time' : 'offered'
}
