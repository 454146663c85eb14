// Writes and locks of entitlements and grants.
import type { Selectable, Updateable } from 'kysely'
import { from, on, owned, update } from '#core/scope.ts'
import type { IntegrationConfig } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type Entitlement = Selectable<DB['entitlements']>
export type Grant = Selectable<DB['entitlement_grants']>

/** What a product unlocks for whoever buys it now. */
export async function readEntitlementsOf(ctx: BusinessCtx, product_id: string): Promise<Entitlement[]> {
  return from(ctx, 'entitlements')
    .innerJoin('product_entitlements', on('product_entitlements.entitlement_id', 'entitlements.entitlement_id'))
    .selectAll('entitlements')
    .where('product_entitlements.product_id', '=', product_id)
    .where('deleted_at', 'is', null)
    .orderBy('entitlements.entitlement_id')
    .execute()
}

/** The one that stands for fields of the product, deleted or not. */
export async function findOwn(
  ctx: BusinessCtx,
  product_id: string,
  integration_type: Entitlement['integration_type'],
): Promise<Entitlement | undefined> {
  return from(ctx, 'entitlements')
    .selectAll()
    .where('product_id', '=', product_id)
    .where('integration_type', '=', integration_type)
    .executeTakeFirst()
}

/** Written anew from the product's fields, and brought by it from now on. */
export async function keepOwn(
  ctx: BusinessCtx,
  { product_id, name }: Pick<Selectable<DB['products']>, 'product_id' | 'name'>,
  integration_type: Entitlement['integration_type'],
  config: IntegrationConfig,
): Promise<Entitlement> {
  const now = ctx.clock.now()
  const integration_config = json(config)
  const kept = await ctx.db
    .insertInto('entitlements')
    .values({
      ...owned(ctx),
      entitlement_id: newId('entitlement', ctx.wall.now().epochMilliseconds),
      name,
      integration_type,
      integration_config,
      product_id,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['business_id', 'product_id', 'integration_type'])
        .doUpdateSet({ integration_config, deleted_at: null, updated_at: now }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  await linkToProduct(ctx, product_id, kept.entitlement_id)
  return kept
}

/** The product does not say so any more. */
export async function dropOwn(ctx: BusinessCtx, { entitlement_id }: Entitlement): Promise<void> {
  await update(ctx, 'entitlements')
    .set({ deleted_at: ctx.clock.now() })
    .where('entitlement_id', '=', entitlement_id)
    .execute()
  await unlink(ctx, entitlement_id)
}

export async function linkToProduct(ctx: BusinessCtx, product_id: string, entitlement_id: string): Promise<void> {
  await ctx.db
    .insertInto('product_entitlements')
    .values({ ...owned(ctx), product_id, entitlement_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** No product brings it any more. */
export async function unlink(ctx: BusinessCtx, entitlement_id: string): Promise<void> {
  await ctx.db
    .deleteFrom('product_entitlements')
    .where('business_id', '=', ctx.business.business_id)
    .where('entitlement_id', '=', entitlement_id)
    .execute()
}

/** Deleted or not: a grant outlives its entitlement. */
export async function readEntitlement(ctx: BusinessCtx, entitlement_id: string): Promise<Entitlement> {
  return from(ctx, 'entitlements').selectAll().where('entitlement_id', '=', entitlement_id).executeTakeFirstOrThrow()
}

export async function lockGrantsOfSubscription(ctx: BusinessCtx, subscription_id: string): Promise<Grant[]> {
  return from(ctx, 'entitlement_grants')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .orderBy('grant_id')
    .forUpdate()
    .execute()
}

/** What was bought once with a payment. */
export async function lockGrantsOfPayment(ctx: BusinessCtx, payment_id: string): Promise<Grant[]> {
  return from(ctx, 'entitlement_grants')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .where('subscription_id', 'is', null)
    .orderBy('grant_id')
    .forUpdate()
    .execute()
}

/** The grant that delivered a key; a key that was imported has none. */
export async function lockGrantOfKey(ctx: BusinessCtx, license_key_id: string): Promise<Grant | undefined> {
  return from(ctx, 'entitlement_grants')
    .selectAll()
    .where('license_key_id', '=', license_key_id)
    .forUpdate()
    .executeTakeFirst()
}

export async function lockGrant(ctx: BusinessCtx, grant_id: string): Promise<Grant> {
  const grant = await from(ctx, 'entitlement_grants')
    .selectAll()
    .where('grant_id', '=', grant_id)
    .forUpdate()
    .executeTakeFirst()
  if (grant === undefined) throw notFound('grant')
  return grant
}

export async function updateGrant(
  ctx: BusinessCtx,
  grant_id: string,
  change: Updateable<DB['entitlement_grants']>,
): Promise<Grant> {
  return update(ctx, 'entitlement_grants')
    .set({ ...change, updated_at: ctx.clock.now() })
    .where('grant_id', '=', grant_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
