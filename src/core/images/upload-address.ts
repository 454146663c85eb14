// The address a picture is sent to: signed, for one thing of one business in one mode, and only for a while. Like a key, it is all it takes.
import { randomUUID } from 'node:crypto'
import { type ImagePlace, places } from '#core/images/places.ts'
import { assertSigned, type Signed } from '#core/signed-address.ts'
import type { BusinessCtx } from '#src/context.ts'

const GOOD_FOR_MINUTES = 15

export interface UploadTarget {
  place: ImagePlace
  /** Of the product, add-on, collection or brand. */
  id: string
  image_id: string
}

interface UploadAddress {
  url: string
  image_id: string
}

/** Throws NOT_FOUND, and what the thing itself throws where it cannot be changed. */
export async function addressForImage(ctx: BusinessCtx, place: ImagePlace, id: string): Promise<UploadAddress> {
  await places[place].lock(ctx, id)
  const image_id = randomUUID()
  const until = Math.floor(ctx.wall.now().epochMilliseconds / 1000) + GOOD_FOR_MINUTES * 60
  const by = ctx.actor.type === 'api_key' ? ctx.actor.id : ''
  const signature = signatureOf(ctx, { place, id, image_id }, { until, by }).toString('base64url')
  const url = ctx.urls.imageUpload(ctx.business.business_id, place, id, { image_id, until, by, signature })
  return { url, image_id }
}

interface SignedBy extends Signed {
  /** The key that asked for it. */
  by: string
}

/** As whom the address lets send, who asked for it. Throws FORBIDDEN for one that has ended, or that never was ours. */
export function openUpload(ctx: BusinessCtx, target: UploadTarget, { by, ...signed }: SignedBy): BusinessCtx {
  assertSigned(ctx, signed, (until) => signatureOf(ctx, target, { until, by }))
  return by === '' ? ctx : { ...ctx, actor: { type: 'api_key', id: by } }
}

function signatureOf(
  ctx: BusinessCtx,
  { place, id, image_id }: UploadTarget,
  { until, by }: { until: number; by: string },
) {
  return ctx.secrets.derive('image_upload', ctx.business.business_id, place, id, image_id, String(until), by)
}
