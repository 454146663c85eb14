import { recordAudit } from '#core/audit/record-audit.ts'
import { type EntitlementWhole, getEntitlement } from '#core/entitlements/queries.ts'
import type { Entitlement } from '#core/entitlements/store.ts'
import { attachFiles, type FileLists } from '#core/files/attach-files.ts'
import { owned } from '#core/scope.ts'
import type { IntegrationConfig, Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewEntitlement {
  name: string
  description: string | null
  integration_type: Entitlement['integration_type']
  integration_config: IntegrationConfig
  metadata: Metadata
  /** Of digital_files. */
  files?: FileLists
}

export async function createEntitlement(
  outer: BusinessCtx,
  { files = {}, ...fields }: NewEntitlement,
): Promise<EntitlementWhole> {
  return inTransaction(outer, async (ctx) => {
    const now = ctx.clock.now()
    const { entitlement_id } = await ctx.db
      .insertInto('entitlements')
      .values({
        ...owned(ctx),
        entitlement_id: newId('entitlement', ctx.wall.now().epochMilliseconds),
        ...fields,
        integration_config: json(fields.integration_config),
        metadata: json(fields.metadata),
        created_at: now,
        updated_at: now,
      })
      .returning('entitlement_id')
      .executeTakeFirstOrThrow()
    await attachFiles(ctx, entitlement_id, files)
    await recordAudit(ctx, { action: 'entitlement.created', resource_id: entitlement_id, customer_id: null })
    return getEntitlement(ctx, entitlement_id)
  })
}
