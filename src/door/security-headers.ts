// What every page answers with besides itself.

import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '#src/app-env.ts'

interface PageSecurity {
  /** False where a form leads to another site (a processor, a shop): browsers hold redirects to the policy too. */
  formsStayHere: boolean
}

/** Sets the nonce and the headers. A page is never kept by a cache: it is somebody's. */
export function pageSecurity({ formsStayHere }: PageSecurity): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const nonce = randomUUID()
    c.set('nonce', nonce)
    // Before the answer is made: changing a finished one makes a new one of it, header by header, and streams its body.
    c.header('content-security-policy', policy(nonce, formsStayHere))
    c.header('cache-control', 'no-store')
    // Our own pages tell each other where a form stood; no other site learns anything.
    c.header('referrer-policy', 'same-origin')
    c.header('x-content-type-options', 'nosniff')
    c.header('x-frame-options', 'DENY')
    c.header('cross-origin-opener-policy', 'same-origin')
    c.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    await next()
  }
}

function policy(nonce: string, formsStayHere: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(formsStayHere ? ["form-action 'self'"] : []),
  ].join('; ')
}
