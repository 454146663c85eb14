import { recordAudit } from '#core/audit/record-audit.ts'
import type { Picture } from '#core/images/draw-picture.ts'
import { dropUnshown, keepPicture } from '#core/images/keep-picture.ts'
import { places } from '#core/images/places.ts'
import type { UploadTarget } from '#core/images/upload-address.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Shows what was sent at once. The last one sent to an address is the one that is meant. Throws NOT_FOUND. */
export async function takeUpload(outer: BusinessCtx, target: UploadTarget, picture: Picture): Promise<void> {
  const { place, id, image_id } = target
  const { lock, show, audited } = places[place]
  await inTransaction(outer, async (ctx) => {
    await lock(ctx, id)
    await keepPicture(ctx, picture)
    const named = { file: picture.file, uploaded_at: ctx.wall.now() }
    await ctx.db
      .insertInto('image_uploads')
      .values({ ...owned(ctx), image_id, place, ...named })
      .onConflict((conflict) => conflict.columns(['business_id', 'image_id']).doUpdateSet(named))
      .execute()
    await show(ctx, id, picture.file)
    await dropUnshown(ctx)
    await recordAudit(ctx, {
      action: audited,
      resource_id: id,
      customer_id: null,
      details: { image: picture.file },
    })
  })
}
