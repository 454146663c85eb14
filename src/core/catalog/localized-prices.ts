// What a product costs in another currency or country. A rule keeps its place; only its amount changes.
import type { Selectable } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type LocalizedPrice = Selectable<DB['localized_prices']>

export async function listLocalizedPrices(ctx: BusinessCtx, product_id: string): Promise<LocalizedPrice[]> {
  await getProduct(ctx, product_id)
  return live(ctx, product_id).orderBy('created_at').orderBy('localized_price_id').execute()
}

export async function getLocalizedPrice(
  ctx: BusinessCtx,
  product_id: string,
  localized_price_id: string,
): Promise<LocalizedPrice> {
  const price = await live(ctx, product_id).where('localized_price_id', '=', localized_price_id).executeTakeFirst()
  if (price === undefined) throw notFound('localized price')
  return price
}

export interface NewLocalizedPrice {
  currency: string
  country_code: string | null
  /** Minor units. */
  amount: number
}

/** Throws INVALID_REQUEST_BODY where it does not go with the product's pricing_mode, CONFLICT where the place has a price. */
export async function createLocalizedPrice(
  outer: BusinessCtx,
  product_id: string,
  price: NewLocalizedPrice,
): Promise<LocalizedPrice> {
  return inTransaction(outer, async (ctx) => {
    const { pricing_mode } = await getProduct(ctx, product_id)
    if (pricing_mode === null) throw refusal('Set pricing_mode of the product first', 'pricing_mode')
    if ((pricing_mode === 'by_country') !== (price.country_code !== null)) {
      throw refusal(`A product priced ${pricing_mode} ${price.country_code ? 'takes no' : 'needs a'} country_code`)
    }
    const now = ctx.clock.now()
    const localized_price_id = newId('localized_price', ctx.wall.now().epochMilliseconds)
    const made = await ctx.db
      .insertInto('localized_prices')
      .values({
        ...owned(ctx),
        localized_price_id,
        product_id,
        mode: pricing_mode,
        ...price,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (made === undefined)
      throw new AppError('CONFLICT', { message: 'The product has a price for that place already' })
    await recordAudit(ctx, { action: 'localized_price.created', resource_id: localized_price_id, customer_id: null })
    return made
  })
}

export async function updateLocalizedPrice(
  ctx: BusinessCtx,
  product_id: string,
  localized_price_id: string,
  change: { amount?: number },
): Promise<LocalizedPrice> {
  await write(ctx, product_id, localized_price_id, change, 'localized_price.updated')
  return getLocalizedPrice(ctx, product_id, localized_price_id)
}

/** It is charged no more; what runs goes on. */
export async function archiveLocalizedPrice(
  ctx: BusinessCtx,
  product_id: string,
  localized_price_id: string,
): Promise<void> {
  await write(ctx, product_id, localized_price_id, { archived_at: ctx.clock.now() }, 'localized_price.archived')
}

async function write(
  outer: BusinessCtx,
  product_id: string,
  localized_price_id: string,
  change: { amount?: number; archived_at?: Temporal.Instant },
  action: string,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await getLocalizedPrice(ctx, product_id, localized_price_id)
    await update(ctx, 'localized_prices')
      .set({ ...change, updated_at: ctx.clock.now() })
      .where('localized_price_id', '=', localized_price_id)
      .execute()
    await recordAudit(ctx, { action, resource_id: localized_price_id, customer_id: null })
  })
}

function live(ctx: BusinessCtx, product_id: string) {
  return from(ctx, 'localized_prices').selectAll().where('product_id', '=', product_id).where('archived_at', 'is', null)
}

function refusal(message: string, field = 'country_code'): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field })
}
