// The app is a function of its dependencies: it mounts the doors, and lets a request in by its host.
import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { createApi } from '#api/api.ts'
import { answerMisdirected } from '#door/error-boundary.tsx'
import { serveImage, serveThumbnail } from '#door/serve-image.ts'
import { createImageUploads } from '#door/take-image.ts'
import { createFiles } from '#files/routes.ts'
import { createHooks } from '#hooks/routes.ts'
import { createPay } from '#pay/checkout/routes.tsx'
import { createPayLinks } from '#pay/links/routes.tsx'
import { createBuy } from '#pay/short-links/routes.tsx'
import { createPortal } from '#portal/routes.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { clientIpReader } from '#src/client-ip.ts'
import type { Config } from '#src/config.ts'
import { createMailbox } from '#src/dev/mailbox.tsx'
import { answerProbes } from '#src/health.ts'
import { isLoopback, matchHost } from '#src/hosts.ts'
import type { Modes } from '#src/modes.ts'
import { assets } from '#ui/assets.ts'

export interface AppParts {
  modes: Modes
  config: Pick<Config, 'test_url' | 'live_url' | 'trusted_proxies'>
  /** True while the process wants requests: false from the first sign of its end. */
  accepting?: () => boolean
}

/** What API answers are asked under; other addresses are pages, which have one name only. */
const MACHINE_PATHS = /^\/(?:api|hooks|assets|uploads|files)(?:\/|$)/

export function createApp({ modes, config, accepting = () => true }: AppParts): Hono<AppEnv> {
  // An address with a slash at its end is the same address.
  const app = new Hono<AppEnv>({ strict: false })
  app.notFound(answerNowhere)
  answerProbes(app, modes, accepting)
  app.use(identify(config.trusted_proxies))
  app.use(chooseMode(modes, config))
  app.get('/assets/:file', serveAsset)
  app.get('/assets/:business_id/:file', serveImage)
  app.get('/assets/:business_id/thumbnails/:file', serveThumbnail)
  app.route('/uploads', createImageUploads())
  app.route('/api', createApi())
  app.route('/hooks', createHooks())
  app.route('/files', createFiles())
  if (modes.test.sandbox !== undefined) app.route('/sandbox', testOnly(modes.test.sandbox.pages))
  if (isLoopback(new URL(config.test_url).hostname)) app.route('/dev/mail', testOnly(createMailbox()))
  app.route('/checkout', createPay())
  app.route('/pay', createPayLinks())
  app.route('/buy', createBuy())
  app.route('/', createPortal())
  return app
}

function identify(trustedProxies: readonly string[]) {
  const readClientIp = clientIpReader(trustedProxies)
  return async (c: AppContext, next: () => Promise<void>) => {
    c.set('request_id', randomUUID())
    c.set('client_ip', readClientIp(socketAddress(c), c.req.header('x-forwarded-for')))
    // Headers are set before the answer is made: changing a finished one makes a new one of it.
    c.header('x-request-id', c.var.request_id)
    await next()
  }
}

function chooseMode(modes: Modes, config: AppParts['config']) {
  const urls = { test: config.test_url, live: config.live_url }
  return async (c: AppContext, next: () => Promise<void>) => {
    const match = matchHost(c.req.url, urls)
    const runtime = match.type === 'foreign' ? undefined : modes[match.mode]
    const { urls: served } = runtime?.ctx ?? modes.test.ctx
    if (served.base.startsWith('https:')) c.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    if (match.type === 'foreign' || runtime === undefined) return answerMisdirected(c, modes.test.ctx)
    c.set('ctx', { ...runtime.ctx, log: runtime.ctx.log.child({ request_id: c.var.request_id }) })
    if (match.type === 'alias' && !MACHINE_PATHS.test(c.req.path)) {
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`${runtime.ctx.urls.base}${pathname}${search}`, 307)
    }
    return next()
  }
}

/** In tests there is no socket. */
function socketAddress(c: AppContext): string | undefined {
  const bindings = c.env as object | undefined
  return bindings !== undefined && 'incoming' in bindings ? getConnInfo(c).remote.address : undefined
}

async function serveAsset(c: AppContext) {
  const found = assets().response(c.req.param('file') ?? '', c.req.header('accept-encoding'))
  return found === undefined ? c.notFound() : c.body(found.body, 200, found.headers)
}

/** Where no door is, there is nobody to draw a page. */
function answerNowhere(c: AppContext) {
  return c.text('404 Not Found', 404, {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
}

/** In live mode these pages do not exist. */
function testOnly(pages: Hono<AppEnv> | Hono): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.use(async (c, next) => (c.var.ctx.mode === 'test' ? next() : c.notFound()))
  door.route('/', pages as Hono<AppEnv>)
  return door
}
