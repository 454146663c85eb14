import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { rfc3339 } from './rfc3339.ts'

export type WireDunningAttempt = ReturnType<typeof dunningAttemptToWire>

/** How a customer is reminded of what is not paid; told by webhooks only. */
export function dunningAttemptToWire(row: Selectable<DB['dunning_attempts']>) {
  const { business_id: brand_id, customer_id, subscription_id, payment_id, status, trigger_state } = row
  return {
    brand_id,
    customer_id,
    subscription_id,
    payment_id,
    status,
    trigger_state,
    created_at: rfc3339(row.created_at),
  }
}
