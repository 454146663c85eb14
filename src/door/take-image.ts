// Where pictures are sent to: a signed address in place of an API key (core/images/upload-address.ts), the bytes as they are, as to an
// object store. Whatever the content type says, the bytes tell what they are.
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { findBusiness } from '#core/businesses/queries.ts'
import { drawPicture } from '#core/images/draw-picture.ts'
import { type ImagePlace, imagePlaces, places } from '#core/images/places.ts'
import { MOST_BYTES } from '#core/images/redraw.ts'
import { takeUpload } from '#core/images/take-upload.ts'
import { openUpload } from '#core/images/upload-address.ts'
import { limiter } from '#door/limiter.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { withBusiness } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { asAppError } from '#src/failures.ts'

export function createImageUploads(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  const perMinute = limiter(120, 60)
  door.onError((error, c) => {
    const { code, message, status } = asAppError(error)
    if (status >= 500) c.var.ctx.log.error({ err: error }, 'a picture could not be taken')
    if (status === 503) c.header('retry-after', '5')
    // What is left of the body is not read.
    if (status === 413) c.header('connection', 'close')
    return c.json({ code, message }, status as ContentfulStatusCode)
  })
  door.use(protect)
  door.put('/:business_id/images/:place/:id', async (c) => {
    const { ctx, target } = await open(c)
    await perMinute(c, ctx.business.business_id)
    const bytes = await readBytes(c.req.raw)
    await takeUpload(ctx, target, await drawPicture(bytes, places[target.place].use, 'image'))
    return c.body(null, 200)
  })
  return door
}

async function protect(c: AppContext, next: () => Promise<void>) {
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  await next()
}

async function open(c: AppContext) {
  const { business_id = '', place = '', id = '' } = c.req.param()
  const { image_id = '', until = '', by = '', signature = '' } = c.req.query()
  const business = isPlace(place) ? await findBusiness(c.var.ctx, business_id) : undefined
  if (business === undefined || !isPlace(place)) throw new AppError('NOT_FOUND')
  const target = { place, id, image_id }
  const signed = { until, by, signature }
  return { target, ctx: openUpload(withBusiness(c.var.ctx, business), target, signed) }
}

const isPlace = (word: string): word is ImagePlace => imagePlaces.some((place) => place === word)

/** Refused by its declared length, else as soon as it is longer. */
async function readBytes({ headers, body }: Request): Promise<Buffer> {
  const tooLarge = () => new AppError('PAYLOAD_TOO_LARGE', { message: 'A picture must be at most 2 MB' })
  const declared = headers.get('content-length')
  if (declared !== null && !(Number(declared) <= MOST_BYTES)) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      if (size > MOST_BYTES) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('MALFORMED_REQUEST', { message: 'The upload broke off; send it again', status: 408, cause })
  }
  return Buffer.concat(chunks)
}
