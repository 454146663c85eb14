import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

const limit = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw new AppError('PAYLOAD_TOO_LARGE')
  },
})

/** Forms are short. What is only read has none: asking for its body would build a whole request object for nothing. */
export const formLimit: MiddlewareHandler<AppEnv> = (c, next) =>
  c.req.method === 'GET' || c.req.method === 'HEAD' ? next() : limit(c, next)
