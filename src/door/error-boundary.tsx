// One boundary for all pages: whatever is thrown becomes a page in plain words, and only what is our fault is logged as such.

import { randomBytes } from 'node:crypto'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Elsewhere } from '#door/elsewhere.ts'
import { pageOf } from '#door/request.ts'
import type { AppContext } from '#src/app-env.ts'
import type { Ctx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { asAppError } from '#src/failures.ts'
import { ErrorPage } from '#ui/error-page.tsx'
import type { BusinessPage } from '#ui/page.ts'

interface Answered {
  /** The page of the business at hand, where one was found before the failure. */
  page?: BusinessPage | undefined
  /** Where to go on; where nothing is known of a business, to all of them. */
  home_href?: string | null
}

export function answerFailure(
  c: AppContext,
  error: unknown,
  { page, home_href = page ? null : c.var.ctx.urls.home() }: Answered = {},
) {
  if (error instanceof Elsewhere) return c.redirect(error.href, 303)
  const { status } = asAppError(error)
  if (status >= 500) c.var.ctx.log.error({ err: error, route: routePath(c, -1) }, 'a page failed')
  if (status === 503) c.header('retry-after', '5')
  const failed = status >= 500
  return c.html(
    <ErrorPage
      page={page ?? pageOf(c)}
      business={page?.business ?? null}
      status={status}
      home_href={home_href}
      retry_href={failed && c.req.method === 'GET' ? c.req.path : null}
      request_id={failed ? c.var.request_id : null}
    />,
    status as ContentfulStatusCode,
  )
}

/** A host we do not serve: no mode, so nothing of anybody. Machines get JSON. */
export function answerMisdirected(c: AppContext, ctx: Ctx) {
  const error = new AppError('MISDIRECTED_REQUEST')
  if (/^\/(?:api|hooks)(?:\/|$)/.test(c.req.path)) return c.json({ code: error.code, message: error.message }, 421)
  const nonce = randomBytes(16).toString('base64')
  c.set('ctx', ctx)
  c.set('nonce', nonce)
  const page = pageOf(c, { language: null })
  return c.html(<ErrorPage page={page} business={null} status={421} home_href={null} />, 421, {
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
  })
}
