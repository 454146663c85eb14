import { update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The keys of a subscription follow it; what has expired or was replaced stays as it is. */
export async function setLicenseKeysOf(
  ctx: BusinessCtx,
  subscription_id: string,
  status: 'active' | 'disabled' | 'expired',
): Promise<void> {
  await update(ctx, 'license_keys')
    .set({ status })
    .where('subscription_id', '=', subscription_id)
    .where('status', '!=', 'expired')
    .where('replaced_at', 'is', null)
    .execute()
}

/** The keys that were bought once with a payment stop for good. */
export async function disableKeysBoughtBy(ctx: BusinessCtx, payment_id: string): Promise<void> {
  await update(ctx, 'license_keys')
    .set({ status: 'disabled', replaced_at: ctx.clock.now() })
    .where('payment_id', '=', payment_id)
    .where('subscription_id', 'is', null)
    .where('status', '!=', 'expired')
    .where('replaced_at', 'is', null)
    .execute()
}
