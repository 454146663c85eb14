import { recordAudit } from '#core/audit/record-audit.ts'
import { takeBrand } from '#core/brands/queries.ts'
import { lockBrand } from '#core/brands/store.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface ArchivedBrand {
  brand_id: string
  archived_at: Temporal.Instant
  moved_to_brand_id: string | null
  products_moved: number
  collections_moved: number
  /** Live ones: they follow their products. */
  subscriptions_moved: number
}

const LIVE = ['pending', 'active', 'past_due', 'on_hold', 'paused'] as const

/**
 * Archives a brand for good; what it holds goes to `move_products_to`. Throws INVALID_REQUEST_BODY where it holds something and nothing is
 * named, and what keeps a brand from being changed or taken.
 */
export async function archiveBrand(
  outer: BusinessCtx,
  brand_id: string,
  move_products_to: string | null,
): Promise<ArchivedBrand> {
  return inTransaction(outer, async (ctx) => {
    await lockBrand(ctx, brand_id)
    if (move_products_to === brand_id) throw refused('move_products_to must be another brand')
    const target = move_products_to === null ? undefined : await takeBrand(ctx, move_products_to, 'move_products_to')
    const subscriptions_moved = await countLive(ctx, brand_id)
    const products_moved = await moveAll(ctx, 'products', brand_id, target)
    const collections_moved = await moveAll(ctx, 'product_collections', brand_id, target)
    const archived_at = ctx.wall.now()
    await update(ctx, 'brands').set({ archived_at }).where('brand_id', '=', brand_id).execute()
    const moved_to_brand_id = move_products_to
    const moved = { products_moved, collections_moved, subscriptions_moved }
    await recordAudit(ctx, {
      action: 'brand.archived',
      resource_id: brand_id,
      customer_id: null,
      details: { moved_to_brand_id, ...moved },
    })
    return { brand_id, archived_at, moved_to_brand_id, ...moved }
  })
}

async function countLive(ctx: BusinessCtx, brand_id: string): Promise<number> {
  const products = from(ctx, 'products').select('product_id').where('brand_id', '=', brand_id)
  const { count } = await from(ctx, 'subscriptions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('product_id', 'in', products)
    .where('status', 'in', [...LIVE])
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many there were; they may not stay where nothing else can be named. */
async function moveAll(
  ctx: BusinessCtx,
  table: 'products' | 'product_collections',
  brand_id: string,
  target: string | null | undefined,
): Promise<number> {
  const held = await from(ctx, table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('brand_id', '=', brand_id)
    .executeTakeFirstOrThrow()
  const count = Number(held.count)
  if (count === 0) return 0
  if (target === undefined) throw refused('The brand holds products or collections: name a brand in move_products_to')
  await update(ctx, table).set({ brand_id: target }).where('brand_id', '=', brand_id).execute()
  return count
}

function refused(message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field: 'move_products_to' })
}
