import type { Entitlement, Grant } from '#core/entitlements/store.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface Purchase {
  product_id: string
  customer_id: string
  payment_id: string | null
  subscription_id: string | null
}

/** Promised, and not delivered yet. */
export async function createGrants(
  ctx: BusinessCtx,
  { entitlement_id }: Entitlement,
  { product_id, customer_id, payment_id, subscription_id }: Purchase,
  count: number,
): Promise<Grant[]> {
  const now = ctx.clock.now()
  const grants: Grant[] = []
  for (let unit = 0; unit < count; unit += 1) {
    const grant_id = newId('entitlement_grant', ctx.wall.now().epochMilliseconds)
    const grant = await ctx.db
      .insertInto('entitlement_grants')
      .values({
        ...owned(ctx),
        grant_id,
        entitlement_id,
        product_id,
        customer_id,
        payment_id,
        subscription_id,
        status: 'Pending',
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordEvent(ctx, { type: 'entitlement_grant.created', resource_id: grant_id, customer_id })
    grants.push(grant)
  }
  return grants
}
