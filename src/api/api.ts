// Door 1: the REST API. app.ts mounts it at /api and sets what ApiEnv names.

import { type Context, Hono } from 'hono'
import { AppError } from '#src/errors.ts'
import { answerError } from './answer-error.ts'
import { countCaller, setHeaders } from './authenticate.ts'
import { docs } from './docs/routes.tsx'
import { endpoints } from './endpoints.ts'
import type { ApiEnv } from './env.ts'
import { createRateLimits, type RateLimits } from './rate-limits.ts'
import { serve } from './serve.ts'

export type { ApiEnv } from './env.ts'

export function createApi(limits: RateLimits = createRateLimits()): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>()
  api.onError(answerError)
  api.use(protect)
  for (const endpoint of endpoints) {
    api.on(endpoint.method.toUpperCase(), routingPath(endpoint.path), (c) => serve(endpoint, c, limits))
  }
  for (const [path, draw] of Object.entries(docs)) {
    api.get(path, async (c) => {
      setHeaders(c, await limits.countAddress(c.var.client_ip))
      return draw(c)
    })
  }
  api.all('*', async (c) => {
    await countCaller(c, limits)
    throw new AppError('NOT_FOUND', { message: 'There is no such address in this API' })
  })
  return api
}

/** Nothing here is to be guessed at, framed, or to load anything but the reference's own stylesheet. */
async function protect(c: Context<ApiEnv>, next: () => Promise<void>): Promise<void> {
  const { origin } = new URL(c.var.ctx.urls.base)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src ${origin}; base-uri 'none'; frame-ancestors 'none'`,
  )
  await next()
}

/** '/customers/{customer_id}' → '/customers/:customer_id' */
function routingPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}
