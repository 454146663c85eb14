// Paying what a subscription owes or what a change of its plan costs, or giving it another method, by a link: without signing in, and without JavaScript.
import { Hono } from 'hono'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { askAgain } from '#core/recovery/ask-again.ts'
import { openPayPage } from '#core/recovery/open-page.ts'
import { getPayLink } from '#core/recovery/pay-links.ts'
import { type PayLinkView, viewPayLink } from '#core/recovery/view-pay-link.ts'
import { findPayLinkBusiness } from '#core/unscoped/by-secret.ts'
import { businessPage } from '#door/business-page.ts'
import { answerFailure } from '#door/error-boundary.tsx'
import { formLimit } from '#door/form-limit.ts'
import { isSameOrigin } from '#door/request.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { CheckoutCheckingPage } from '#pay/checkout/checkout-result-page.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { withActor } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import type { BusinessPage } from '#ui/page.ts'
import { comeBackFromChange, payForChange, showChange } from './change-link.tsx'
import { NewMethodPage, OwedPage } from './owed-page.tsx'
import { PayClosedPage, PayDonePage } from './pay-result-page.tsx'

export function createPayLinks(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.onError((error, c) => answerFailure(c, error, c.var.business && { page: pageFor(c) }))
  door.use(pageSecurity({ formsStayHere: false }))
  door.use(formLimit)
  door.use('/:pay_link_id/*', findBusiness)
  door.get('/:pay_link_id', show)
  door.post('/:pay_link_id', begin)
  door.get('/:pay_link_id/return', comeBack)
  return door
}

async function findBusiness(c: AppContext, next: () => Promise<void>) {
  const business_id = await findPayLinkBusiness(c.var.ctx, linkIdOf(c))
  if (business_id === undefined) throw notFound('page')
  c.set('business', withActor(await getBusinessCtx(c.var.ctx, business_id), { type: 'system', id: 'checkout' }))
  return next()
}

const linkIdOf = (c: AppContext) => c.req.param('pay_link_id') ?? ''

function pageFor(c: AppContext): BusinessPage {
  return businessPage(c, c.var.business)
}

async function show(c: AppContext) {
  const link = await getPayLink(c.var.business, linkIdOf(c))
  if (link.change_id !== null) return showChange(c, link)
  return draw(c, await viewPayLink(c.var.business, linkIdOf(c)))
}

function draw(c: AppContext, view: PayLinkView) {
  const page = pageFor(c)
  const { pay_link_id, return_url } = view.link
  switch (view.state) {
    case 'owed':
      return view.owed === undefined ? c.notFound() : c.html(<OwedPage page={page} view={view} owed={view.owed} />)
    case 'method':
      return c.html(<NewMethodPage page={page} view={view} />)
    case 'checking':
      return c.html(
        <CheckoutCheckingPage page={page} return_url={return_url} again_href={page.urls.payReturn(pay_link_id)} />,
      )
    case 'paid':
    case 'saved':
      return c.html(<PayDonePage page={page} view={view} said={view.state} />)
    case 'ended':
    case 'expired':
      return c.html(<PayClosedPage page={page} view={view} reason={view.state} />)
  }
}

async function begin(c: AppContext) {
  if (!isSameOrigin(c)) throw new AppError('FORBIDDEN')
  const { business } = c.var
  const pay_link_id = linkIdOf(c)
  const link = await getPayLink(business, pay_link_id)
  if (link.change_id !== null) return payForChange(c, link)
  const view = await viewPayLink(business, pay_link_id)
  const back = business.urls.payReturn(pay_link_id)
  if (view.state !== 'owed' && view.state !== 'method') return c.redirect(back, 303)
  const { url } = await openPayPage(business, pay_link_id, pageFor(c).i18n.locale)
  return c.redirect(url ?? back, 303)
}

/** Back from the processor's page, or looking again: the processor is asked, the address is not believed. */
async function comeBack(c: AppContext) {
  const { business } = c.var
  const pay_link_id = linkIdOf(c)
  const link = await getPayLink(business, pay_link_id)
  if (link.change_id !== null) return comeBackFromChange(c, link)
  await askAgain(business, link.subscription_id)
  const view = await viewPayLink(business, pay_link_id)
  return view.state === 'checking' ? draw(c, view) : c.redirect(business.urls.pay(pay_link_id), 303)
}
