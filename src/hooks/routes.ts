// The processors' door: verify, store, 200. What a webhook means is found out later by asking the processor.

import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { findBusiness } from '#core/businesses/queries.ts'
import { storeHook } from '#core/processor-events/store-hook.ts'
import type { AppEnv } from '#src/app-env.ts'
import { withActor, withBusiness } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { asAppError } from '#src/failures.ts'

const MAX_BODY = 256 * 1024

export function createHooks(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.onError((error, c) => {
    const known = asAppError(error)
    if (known.status >= 500) c.var.ctx.log.error({ err: error }, 'a webhook of a processor could not be stored')
    return c.json({ code: known.code, message: known.message }, known.status as 500)
  })
  door.post('/:processor/:business_id', bodyLimit({ maxSize: MAX_BODY }), async (c) => {
    const ctx = withActor(c.var.ctx, { type: 'system', id: 'hook' })
    const { processor, business_id } = c.req.param()
    const business = await findBusiness(ctx, business_id)
    const known = ctx.processors.some(({ name }) => name === processor)
    if (business === undefined || !known) throw new AppError('NOT_FOUND')
    const hook = { headers: c.req.raw.headers, body: await c.req.text() }
    if (await storeHook(withBusiness(ctx, business), processor, hook)) return c.json({ received: true })
    ctx.log.warn({ processor, business_id }, 'a forged or stale webhook was refused')
    return c.json({ code: 'UNAUTHORIZED', message: 'The signature is not valid' }, 401)
  })
  return door
}
