import { setLicenseKeysOf } from '#core/licenses/store.ts'
import type { BusinessCtx } from '#src/context.ts'

interface Followed {
  subscription_id: string
  status: 'pending' | 'active' | 'past_due' | 'on_hold' | 'paused' | 'cancelled' | 'failed' | 'expired'
}

/**
 * What a subscription unlocks follows its status. Called with the row as it is after every change of status, in the same transaction;
 * calling it again changes nothing. Open while active and in grace, at rest on hold and paused, closed for good by an end.
 */
export async function followSubscription(ctx: BusinessCtx, subscription: Followed): Promise<void> {
  const status = keyStatus[subscription.status]
  if (status !== undefined) await setLicenseKeysOf(ctx, subscription.subscription_id, status)
}

const keyStatus: Partial<Record<Followed['status'], 'active' | 'disabled' | 'expired'>> = {
  active: 'active',
  past_due: 'active',
  on_hold: 'disabled',
  paused: 'disabled',
  cancelled: 'disabled',
  expired: 'expired',
}
