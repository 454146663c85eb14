// What the doors share that take and give bytes under signed addresses: nothing of them is a page, and their callers are programs.
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { findBusiness } from '#core/businesses/queries.ts'
import { forgedAddress } from '#core/signed-address.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { type BusinessCtx, withBusiness } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { asAppError } from '#src/failures.ts'

/** Errors are JSON; `failed` is what the log says of ours. */
export function bytesDoor(failed: string): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.onError((error, c) => {
    const { code, message, status } = asAppError(error)
    if (status >= 500) c.var.ctx.log.error({ err: error }, failed)
    if (status === 503) c.header('retry-after', '5')
    // What is left of the body is not read.
    if (status === 413) c.header('connection', 'close')
    return c.json({ code, message }, status as ContentfulStatusCode)
  })
  door.use(protect)
  return door
}

async function protect(c: AppContext, next: () => Promise<void>) {
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  c.header('referrer-policy', 'no-referrer')
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  await next()
}

/** Whose the address is. Throws FORBIDDEN where nobody is. */
export async function ownerOf(c: AppContext, business_id: string): Promise<BusinessCtx> {
  const business = await findBusiness(c.var.ctx, business_id)
  if (business === undefined) throw forgedAddress()
  return withBusiness(c.var.ctx, business)
}

/** What is left when `take` is done is read to its end, up to `most`: a client that is still sending would not hear why it was refused. */
export async function hearOut<T>(
  body: ReadableStream<Uint8Array> | null,
  most: number,
  take: (content: AsyncGenerator<Uint8Array>) => Promise<T>,
): Promise<T> {
  const pieces = untilBroken(body)
  async function* taken() {
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
  }
  try {
    return await take(taken())
  } finally {
    await drain(pieces, most)
  }
}

async function drain(pieces: AsyncGenerator<Uint8Array>, most: number): Promise<void> {
  let size = 0
  try {
    for await (const { byteLength } of pieces) {
      size += byteLength
      if (size > most) return
    }
  } catch {
    // Whoever hung up hears nothing anyway.
  }
}

/** The bytes as they come in; 408 where they stop. */
export async function* untilBroken(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? []
  } catch (cause) {
    throw new AppError('MALFORMED_REQUEST', { message: 'The upload broke off; send it again', status: 408, cause })
  }
}
