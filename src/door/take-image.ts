// Where pictures are sent to: a signed address in place of an API key (core/images/upload-address.ts), the bytes as they are, as to an
// object store. Whatever the content type says, the bytes tell what they are.
import type { Hono } from 'hono'
import { drawPicture } from '#core/images/draw-picture.ts'
import { type ImagePlace, imagePlaces, places } from '#core/images/places.ts'
import { MOST_BYTES } from '#core/images/redraw.ts'
import { takeUpload } from '#core/images/take-upload.ts'
import { openUpload } from '#core/images/upload-address.ts'
import { bytesDoor, ownerOf, untilBroken } from '#door/bytes-door.ts'
import { limiter } from '#door/limiter.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

export function createImageUploads(): Hono<AppEnv> {
  const door = bytesDoor('a picture could not be taken')
  const perMinute = limiter(120, 60)
  door.put('/:business_id/images/:place/:id', async (c) => {
    const { ctx, target } = await open(c)
    await perMinute(c, ctx.business.business_id)
    const bytes = await readBytes(c.req.raw)
    await takeUpload(ctx, target, await drawPicture(bytes, places[target.place].use, 'image'))
    return c.body(null, 200)
  })
  return door
}

async function open(c: AppContext) {
  const { business_id = '', place = '', id = '' } = c.req.param()
  const { image_id = '', until = '', by = '', signature = '' } = c.req.query()
  if (!isPlace(place)) throw new AppError('NOT_FOUND')
  const target = { place, id, image_id }
  const signed = { until, by, signature }
  return { target, ctx: openUpload(await ownerOf(c, business_id), target, signed) }
}

const isPlace = (word: string): word is ImagePlace => imagePlaces.some((place) => place === word)

/** Refused by its declared length, else as soon as it is longer. */
async function readBytes({ headers, body }: Request): Promise<Buffer> {
  const tooLarge = () => new AppError('PAYLOAD_TOO_LARGE', { message: 'A picture must be at most 2 MB' })
  const declared = headers.get('content-length')
  if (declared !== null && !(Number(declared) <= MOST_BYTES)) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of untilBroken(body)) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
