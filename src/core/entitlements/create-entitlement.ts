import { recordAudit } from '#core/audit/record-audit.ts'
import type { Entitlement } from '#core/entitlements/store.ts'
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
}

export async function createEntitlement(outer: BusinessCtx, fields: NewEntitlement): Promise<Entitlement> {
  return inTransaction(outer, async (ctx) => {
    const now = ctx.clock.now()
    const entitlement = await ctx.db
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
      .returningAll()
      .executeTakeFirstOrThrow()
    const { entitlement_id } = entitlement
    await recordAudit(ctx, { action: 'entitlement.created', resource_id: entitlement_id, customer_id: null })
    return entitlement
  })
}
