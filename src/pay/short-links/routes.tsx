// A short address of a product. Looking at it begins nothing, whoever looks ahead; the press begins a checkout.
import { Hono } from 'hono'
import { findBusiness } from '#core/businesses/queries.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { brandOf } from '#core/checkout/queries.ts'
import { checkoutOf, findOffer, getShortLink } from '#core/short-links/queries.ts'
import { businessPage } from '#door/business-page.ts'
import { answerFailure } from '#door/error-boundary.tsx'
import { formLimit } from '#door/form-limit.ts'
import { limiter } from '#door/limiter.ts'
import { isSameOrigin } from '#door/request.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { inBrand } from '#pay/brand-page.ts'
import { orderOf } from '#pay/order.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { holdsCardNumber } from '#src/card-number.ts'
import { withActor, withBusiness } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { BuyPage, NotSoldPage } from './buy-page.tsx'

export function createBuy(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  const perMinute = limiter(30, 60)
  door.onError((error, c) => answerFailure(c, error, c.var.business && { page: businessPage(c, c.var.business) }))
  door.use(pageSecurity({ formsStayHere: true }))
  door.use(formLimit)
  door.use('/:business_id/:slug', chooseBusiness)
  door.get('/:business_id/:slug', show)
  door.post('/:business_id/:slug', async (c) => {
    if (!isSameOrigin(c)) throw new AppError('FORBIDDEN')
    await perMinute(c, c.var.client_ip)
    return begin(c)
  })
  return door
}

async function chooseBusiness(c: AppContext, next: () => Promise<void>) {
  const business = await findBusiness(c.var.ctx, c.req.param('business_id') ?? '')
  if (business === undefined) throw notFound('page')
  c.set('business', withActor(withBusiness(c.var.ctx, business), { type: 'system', id: 'checkout' }))
  return next()
}

/** The link, and what is written behind its address. */
async function asked(c: AppContext) {
  const query = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => !holdsCardNumber(value)))
  return { link: await getShortLink(c.var.business, c.req.param('slug') ?? ''), query }
}

async function show(c: AppContext) {
  const { business } = c.var
  const { link, query } = await asked(c)
  const page = businessPage(c, business)
  const cart = await findOffer(business, link, query)
  if (cart === undefined) return c.html(<NotSoldPage page={page} />, 410)
  const { locale: _, ...kept } = query
  const action = page.urls.buy(business.business.business_id, link.slug, kept)
  const branded = inBrand(page, await brandOf(business, cart))
  return c.html(<BuyPage page={branded} order={orderOf(cart, business.clock.now(), page.urls)} action={action} />)
}

async function begin(c: AppContext) {
  const { business } = c.var
  const { link, query } = await asked(c)
  if ((await findOffer(business, link, query)) === undefined) {
    return c.html(<NotSoldPage page={businessPage(c, business)} />, 410)
  }
  const { checkout_id } = await createCheckout(business, checkoutOf(link, query))
  return c.redirect(business.urls.checkout(checkout_id), 303)
}
