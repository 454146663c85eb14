import { findBusiness } from '#core/businesses/queries.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, type Ctx, withBusiness } from '#src/context.ts'

/** The bytes of a picture of a business, by the name it is served under. */
export async function findImage(ctx: Ctx, business_id: string, file: string): Promise<Uint8Array | undefined> {
  const business = await findBusiness(ctx, business_id)
  if (business === undefined) return undefined
  const scoped: BusinessCtx = withBusiness(ctx, business)
  const row = await from(scoped, 'business_images').select('content').where('file', '=', file).executeTakeFirst()
  return row?.content
}
