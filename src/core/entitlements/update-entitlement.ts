import { recordAudit } from '#core/audit/record-audit.ts'
import { type EntitlementWhole, getEntitlement } from '#core/entitlements/queries.ts'
import { attachFiles, type FileLists } from '#core/files/attach-files.ts'
import { update } from '#core/scope.ts'
import type { IntegrationConfig, LicenseKeyConfig, Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface EntitlementChange {
  name?: string
  description?: string | null
  /** Replaces all of it, of the same type. */
  integration_config?: IntegrationConfig
  metadata?: Metadata
  /** Of digital_files. */
  files?: FileLists
}

/** What is omitted stays. It reaches what is granted from now on; keys that are out keep their limit and end. */
export async function updateEntitlement(
  outer: BusinessCtx,
  entitlement_id: string,
  change: EntitlementChange,
): Promise<EntitlementWhole> {
  return inTransaction(outer, async (ctx) => {
    const before = await getEntitlement(ctx, entitlement_id)
    const { integration_config, metadata, files = {}, ...columns } = change
    await update(ctx, 'entitlements')
      .set({
        ...columns,
        ...(integration_config === undefined ? {} : { integration_config: json(integration_config) }),
        ...(metadata === undefined ? {} : { metadata: json(metadata) }),
        updated_at: ctx.clock.now(),
      })
      .where('entitlement_id', '=', entitlement_id)
      .execute()
    await attachFiles(ctx, entitlement_id, files)
    if (integration_config !== undefined && before.product_id !== null && before.integration_type === 'license_key') {
      await writeToProduct(ctx, before.product_id, integration_config as LicenseKeyConfig)
    }
    await recordAudit(ctx, { action: 'entitlement.updated', resource_id: entitlement_id, customer_id: null })
    return getEntitlement(ctx, entitlement_id)
  })
}

/** A product's own entitlement and its license_key_* fields say the same. */
async function writeToProduct(ctx: BusinessCtx, product_id: string, config: LicenseKeyConfig): Promise<void> {
  await update(ctx, 'products')
    .set({
      license_key_activation_message: config.activation_message,
      license_key_activations_limit: config.activations_limit,
      license_key_duration_count: config.duration_count,
      license_key_duration_interval: config.duration_interval,
      updated_at: ctx.clock.now(),
    })
    .where('product_id', '=', product_id)
    .execute()
}
