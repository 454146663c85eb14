import { findBusiness } from '#core/businesses/queries.ts'
import type { ImagePlace } from '#core/images/places.ts'
import { from, on } from '#core/scope.ts'
import { type BusinessCtx, type Ctx, withBusiness } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** The bytes of a picture of a business, by the name it is served under. */
export async function findImage(
  ctx: Ctx,
  business_id: string,
  file: string,
  column: 'content' | 'thumbnail',
): Promise<Uint8Array | undefined> {
  const business = await findBusiness(ctx, business_id)
  if (business === undefined) return undefined
  const scoped: BusinessCtx = withBusiness(ctx, business)
  const row = await from(scoped, 'business_images').select(column).where('file', '=', file).executeTakeFirst()
  return (row as Record<typeof column, Uint8Array | null> | undefined)?.[column] ?? undefined
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * What a column holds for a picture that is named: null clears it, undefined leaves it. It cannot be dropped before the transaction ends.
 * Throws INVALID_REQUEST_BODY where nothing was uploaded under that id for a thing of this kind.
 */
export async function imageColumn(
  ctx: BusinessCtx,
  place: ImagePlace,
  image_id: string | null | undefined,
): Promise<{ image?: string | null }> {
  if (image_id === undefined) return {}
  if (image_id === null) return { image: null }
  const uploaded = UUID.test(image_id) ? await lockUpload(ctx, place, image_id) : undefined
  if (uploaded !== undefined) return { image: uploaded.file }
  throw new AppError('INVALID_REQUEST_BODY', {
    message: 'image_id names no picture that was uploaded; send one to the address that came with it first',
    field: 'image_id',
  })
}

async function lockUpload(ctx: BusinessCtx, place: ImagePlace, image_id: string) {
  return from(ctx, 'image_uploads')
    .innerJoin('business_images', on('business_images.file', 'image_uploads.file'))
    .select('business_images.file')
    .where('image_id', '=', image_id)
    .where('place', '=', place)
    .forKeyShare('business_images')
    .executeTakeFirst()
}
