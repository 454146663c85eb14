import { issueLicenseKeys } from '#core/licenses/issue-license-keys.ts'
import { from, update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

interface Plan {
  subscription_id: string
  customer_id: string
  product_id: string
  quantity: number
}

/** Another product brings keys of its own, and the old ones stop for good. At the same product, keys are added or taken by number. */
export async function followPlan(ctx: BusinessCtx, before: Plan, after: Plan): Promise<void> {
  const { product_id, quantity, customer_id, subscription_id } = after
  const buyer = { product_id, customer_id, subscription_id, payment_id: null }
  if (before.product_id === product_id) {
    if (quantity < before.quantity) await replaceKeys(ctx, subscription_id, quantity)
    return issueLicenseKeys(ctx, { ...buyer, quantity: Math.max(0, quantity - before.quantity) })
  }
  await replaceKeys(ctx, subscription_id, 0)
  await issueLicenseKeys(ctx, { ...buyer, quantity })
}

/** All but the `kept` oldest live keys are disabled and stay so. */
async function replaceKeys(ctx: BusinessCtx, subscription_id: string, kept: number): Promise<void> {
  const live = await from(ctx, 'license_keys')
    .select('license_key_id')
    .where('subscription_id', '=', subscription_id)
    .where('replaced_at', 'is', null)
    .orderBy('license_key_id')
    .execute()
  const replaced = live.slice(kept).map(({ license_key_id }) => license_key_id)
  if (replaced.length === 0) return
  await update(ctx, 'license_keys')
    .set({ status: 'disabled', replaced_at: ctx.clock.now() })
    .where('license_key_id', 'in', replaced)
    .execute()
}
