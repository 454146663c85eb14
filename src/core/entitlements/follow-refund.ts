import { disableKeysBoughtBy } from '#core/licenses/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A payment was given back in full: what was bought once with it is closed. A subscription keeps what it unlocks until it ends. */
export async function followRefund(ctx: BusinessCtx, payment_id: string): Promise<void> {
  await disableKeysBoughtBy(ctx, payment_id)
}
