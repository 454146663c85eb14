import { decideActivation } from '#billing/license-key.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getProductName } from '#core/catalog/queries.ts'
import { type Customer, getCustomer } from '#core/customers/queries.ts'
import { getHolder } from '#core/licenses/find-holder.ts'
import type { LicenseKeyInstance } from '#core/licenses/queries.ts'
import { lockLicenseKey, setInstancesCount } from '#core/licenses/store.ts'
import { owned } from '#core/scope.ts'
import { type Ctx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface ActivatedInstance extends LicenseKeyInstance {
  customer: Customer
  product: { product_id: string; name: string }
}

/**
 * Activates a license key on one more device. Throws LICENSE_KEY_NOT_FOUND, INACTIVE_LICENSE_KEY, LICENSE_KEY_LIMIT_REACHED; however many
 * ask at once, there are never more devices than the limit.
 */
export async function activateLicense(outer: Ctx, license_key: string, name: string): Promise<ActivatedInstance> {
  const holder = await getHolder(outer, license_key)
  return inTransaction(holder.ctx, async (ctx) => {
    const key = await lockLicenseKey(ctx, holder.license_key_id)
    const { license_key_id, customer_id, product_id } = key
    const decision = decideActivation(key, ctx.clock.now())
    if (decision.type === 'refused') {
      throw new AppError(decision.reason === 'inactive' ? 'INACTIVE_LICENSE_KEY' : 'LICENSE_KEY_LIMIT_REACHED')
    }
    const license_key_instance_id = newId('license_key_instance', ctx.wall.now().epochMilliseconds)
    const instance = { ...owned(ctx), license_key_instance_id, license_key_id, name, created_at: ctx.clock.now() }
    await ctx.db.insertInto('license_key_instances').values(instance).execute()
    await setInstancesCount(ctx, license_key_id, key.instances_count + 1)
    await recordAudit(ctx, {
      action: 'license_key.activated',
      resource_id: license_key_id,
      customer_id,
      details: { license_key_instance_id, name },
    })
    const [customer, product_name] = [await getCustomer(ctx, customer_id), await getProductName(ctx, product_id)]
    return { ...instance, customer, product: { product_id, name: product_name } }
  })
}
