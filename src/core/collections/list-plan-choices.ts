// What a customer may change to by themselves: the plans that are offered beside their own, in the merchant's order.
import { type Expression, type SqlBool, sql } from 'kysely'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PlanChoice {
  product_id: string
  group_name: string | null
}

/** The enabled plans of the product's collection, itself among them where it is enabled; none where it is in no collection. */
export async function listPlanChoices(ctx: BusinessCtx, product_id: string): Promise<PlanChoice[]> {
  return from(ctx, 'product_collection_items')
    .innerJoin('product_collection_groups as groups', (join) =>
      join
        .onRef('groups.business_id', '=', 'product_collection_items.business_id')
        .onRef('groups.group_id', '=', 'product_collection_items.group_id'),
    )
    .innerJoin('product_collections as collections', (join) =>
      join
        .onRef('collections.business_id', '=', 'groups.business_id')
        .onRef('collections.product_collection_id', '=', 'groups.product_collection_id'),
    )
    .innerJoin('products', (join) =>
      join
        .onRef('products.business_id', '=', 'product_collection_items.business_id')
        .onRef('products.product_id', '=', 'product_collection_items.product_id'),
    )
    .select(['product_collection_items.product_id', 'groups.group_name'])
    .where('product_collection_items.enabled', '=', true)
    .where('product_collection_items.released_at', 'is', null)
    .where('groups.enabled', '=', true)
    .where('collections.archived_at', 'is', null)
    .where('products.archived_at', 'is', null)
    .where('products.price_type', '!=', 'one_time_price')
    .where(beside(product_id))
    .orderBy('groups.position')
    .orderBy('product_collection_items.position')
    .execute()
}

function beside(product_id: string): Expression<SqlBool> {
  return sql`groups.product_collection_id = (
    select g.product_collection_id from product_collection_items i join product_collection_groups g using (business_id, group_id)
     where i.business_id = groups.business_id and i.product_id = ${product_id} and i.released_at is null)`
}
