// The customer's door. Everything about one business lives under its id; a sign-in is needed for all but the ways in.

import { Hono } from 'hono'
import { findBusiness } from '#core/businesses/queries.ts'
import { findVisitor } from '#core/sessions/find-visitor.ts'
import { portalPath } from '#core/sessions/tokens.ts'
import { answerFailure } from '#door/error-boundary.tsx'
import { formLimit } from '#door/form-limit.ts'
import { isSameOrigin } from '#door/request.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { refuseBeginnings } from '#portal/archived.tsx'
import { handedInvoices } from '#portal/billing-history/handed-invoice.ts'
import { billingHistoryRoutes } from '#portal/billing-history/routes.tsx'
import { businessPage } from '#portal/business-page.ts'
import { everyBusiness } from '#portal/businesses/routes.tsx'
import { cancellationRoutes } from '#portal/cancellation/routes.tsx'
import { readSession } from '#portal/cookies.ts'
import { entitlementRoutes } from '#portal/entitlements/routes.tsx'
import { choiceRoutes } from '#portal/getting-in/choice-routes.tsx'
import { gettingIn } from '#portal/getting-in/routes.tsx'
import { signInLimits } from '#portal/getting-in/sign-in-limits.ts'
import { SignedOutPage } from '#portal/getting-in/signed-out-page.tsx'
import { leaving } from '#portal/leaving/routes.tsx'
import { licenseKeyRoutes } from '#portal/license-keys/routes.tsx'
import { overviewRoutes } from '#portal/overview/routes.tsx'
import { pausingRoutes } from '#portal/pausing/routes.tsx'
import { paymentMethodRoutes } from '#portal/payment-methods/routes.tsx'
import { subscriptionMethodRoutes } from '#portal/payment-methods/subscription-routes.tsx'
import { planChangeRoutes } from '#portal/plan-change/routes.tsx'
import { csrfToken } from '#portal/portal-page.ts'
import { emailProof, profileRoutes, subscriptionBillingRoutes } from '#portal/profile/routes.tsx'
import { resubscriptionRoutes } from '#portal/resubscription/routes.ts'
import { sessionRoutes } from '#portal/sessions/routes.tsx'
import { subscriptionRoutes } from '#portal/subscriptions/routes.tsx'
import { undoRoutes } from '#portal/subscriptions/undo-routes.ts'
import { usageRoutes } from '#portal/usage/routes.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { withBusiness } from '#src/context.ts'
import { startPage } from '#src/dev/start-page.tsx'
import { AppError, notFound } from '#src/errors.ts'

const BUSINESS = '/:business_id{bus_[0-9A-Za-z]{21}}'

export function createPortal(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  const limited = signInLimits()
  door.onError((error, c) => answerFailure(c, error, knownPage(c)))
  door.use(pageSecurity({ formsStayHere: true }))
  door.use(formLimit)
  door.use(onlyOwnForms)
  door.get('/dev', startPage)
  door.route('/', gettingIn(limited))
  door.route('/', everyBusiness(limited))
  door.route('/', emailProof(limited))
  door.route(`/invoices${BUSINESS}`, handedInvoices())
  door.route(BUSINESS, signedIn())
  door.all('*', () => {
    throw notFound('page')
  })
  return door
}

function signedIn(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.use(requireVisitor)
  door.use(refuseBeginnings)
  door.route('/', overviewRoutes())
  door.route('/subscriptions', subscriptionRoutes())
  door.route('/subscriptions/:subscription_id/cancellation', cancellationRoutes())
  door.route('/subscriptions/:subscription_id/resubscription', resubscriptionRoutes())
  door.route('/subscriptions/:subscription_id', pausingRoutes())
  door.route('/subscriptions/:subscription_id', undoRoutes())
  door.route('/subscriptions/:subscription_id/payment-method', subscriptionMethodRoutes())
  door.route('/payment-methods', paymentMethodRoutes())
  door.route('/subscriptions/:subscription_id/plan', planChangeRoutes())
  door.route('/billing-history', billingHistoryRoutes())
  door.route('/license-keys', licenseKeyRoutes())
  door.route('/entitlements', entitlementRoutes())
  door.route('/usage', usageRoutes())
  door.route('/', choiceRoutes())
  door.route('/profile/sessions', sessionRoutes())
  door.route('/subscriptions/:subscription_id/billing-information', subscriptionBillingRoutes())
  door.route('/profile', profileRoutes())
  door.route('/', leaving())
  return door
}

/** What changes something must come from a page of ours, by a person's browser. */
async function onlyOwnForms(c: AppContext, next: () => Promise<void>) {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isSameOrigin(c)) throw new AppError('FORBIDDEN')
  return next()
}

async function requireVisitor(c: AppContext, next: () => Promise<void>) {
  const business = await findBusiness(c.var.ctx, c.req.param('business_id') ?? '')
  if (business === undefined) throw notFound('business')
  const ctx = withBusiness(c.var.ctx, business)
  c.set('business', ctx)
  const cookie = readSession(c)
  const visitor = await findVisitor(ctx, cookie)
  if (visitor === undefined) return askToSignIn(c, cookie !== undefined)
  c.set('visitor', visitor)
  c.set('business', visitor.ctx)
  if (c.req.method === 'POST') await assertToken(c)
  return next()
}

/** The sign-in remembers where one wanted to go; what was not a GET is not repeated. */
function askToSignIn(c: AppContext, expired: boolean) {
  const { business } = c.var
  const { business_id } = business.business
  const to = wayBack(c, business_id) ?? undefined
  const came = c.req.method === 'GET' || c.req.method === 'HEAD' ? 'expired' : 'unsent'
  const page = (
    <SignedOutPage
      page={businessPage(c, business)}
      reason={expired || came === 'unsent' ? came : 'needed'}
      login_href={business.urls.login(business_id, { to })}
    />
  )
  return c.html(page, 401)
}

/** The page asked for, or the one whose form was sent: what was sent is not sent again. */
function wayBack(c: AppContext, business_id: string): string | null {
  if (c.req.method === 'GET') return pathIn(business_id, c.req.url)
  const from = c.req.header('referer')
  const { base } = c.var.ctx.urls
  return from?.startsWith(`${base}/`) === true ? pathIn(business_id, from) : null
}

function pathIn(business_id: string, url: string): string | null {
  const place = URL.parse(url)
  return place === null ? null : portalPath(business_id, place.pathname + place.search)
}

async function assertToken(c: AppContext): Promise<void> {
  const form = await c.req.parseBody()
  if (form.csrf_token !== csrfToken(c.var.visitor)) throw new AppError('FORBIDDEN')
}

function knownPage(c: AppContext) {
  const { business } = c.var
  if (business === undefined) return {}
  const { return_url } = c.var.visitor ?? {}
  return {
    page: businessPage(c, business, { return_url }),
    home_href: business.urls.portal.overview(business.business.business_id),
  }
}
