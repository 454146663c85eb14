import { recordAudit } from '#core/audit/record-audit.ts'
import type { Brand } from '#core/brands/queries.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export type BrandFields = Pick<Brand, 'name' | 'description' | 'url' | 'support_email'> &
  Partial<Pick<Brand, 'statement_descriptor'>>

export async function createBrand(outer: BusinessCtx, fields: BrandFields): Promise<Brand> {
  return inTransaction(outer, async (ctx) => {
    const now = ctx.wall.now()
    const brand_id = newId('brand', now.epochMilliseconds)
    const brand = await ctx.db
      .insertInto('brands')
      .values({ ...owned(ctx), brand_id, ...fields, created_at: now })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, { action: 'brand.created', resource_id: brand_id, customer_id: null })
    return brand
  })
}
