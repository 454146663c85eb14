// The hosted checkout: what is bought and by whom. The card is entered on the processor's page, never here.

import { Hono } from 'hono'
import { hasTaxIdForm } from '#billing/tax-id.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { codeRefusals, dropRefusedCodes, enterCode, removeCode } from '#core/checkout/checkout-discounts.ts'
import { returnFromPage } from '#core/checkout/open-page.ts'
import { type CheckoutView, viewCheckout } from '#core/checkout/queries.ts'
import { listKeysBought } from '#core/licenses/queries.ts'
import { findCheckoutBusiness } from '#core/unscoped/by-secret.ts'
import { businessPage } from '#door/business-page.ts'
import { answerFailure } from '#door/error-boundary.tsx'
import { formLimit } from '#door/form-limit.ts'
import { isSameOrigin } from '#door/request.ts'
import { pageSecurity } from '#door/security-headers.ts'
import type { MessageKey } from '#i18n/translator.ts'
import { inBrand } from '#pay/brand-page.ts'
import { NotSoldPage } from '#pay/buy-page.tsx'
import { type CheckoutField, checkoutForm, codeForm } from '#pay/checkout-form.ts'
import { CheckoutClosedPage, CheckoutPage } from '#pay/checkout-page.tsx'
import { CheckoutCheckingPage, CheckoutPaidPage } from '#pay/checkout-result-page.tsx'
import { codeProblem } from '#pay/code-problem.ts'
import { orderOf } from '#pay/order.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { withActor } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { declineKey } from '#ui/decline-text.ts'
import type { BusinessPage } from '#ui/page.ts'
import { type FormErrors, parseForm, type Typed } from '#ui/parse-form.ts'

export function createPay(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.onError(answerProblem)
  door.use(pageSecurity({ formsStayHere: false }))
  door.use(formLimit)
  door.use('/:checkout_id/*', findBusiness)
  door.get('/:checkout_id', showCheckout)
  door.post('/:checkout_id', pay)
  door.post('/:checkout_id/codes', changeCodes)
  door.get('/:checkout_id/return', comeBack)
  door.get('/:checkout_id/done', showDone)
  return door
}

function answerProblem(error: Error, c: AppContext) {
  if (c.var.business === undefined) return answerFailure(c, error)
  const page = businessPage(c, c.var.business)
  const isGone = error instanceof AppError && error.code === 'PRODUCT_IS_DELETED'
  return isGone ? c.html(<NotSoldPage page={page} />, 410) : answerFailure(c, error, { page })
}

async function findBusiness(c: AppContext, next: () => Promise<void>) {
  const business_id = await findCheckoutBusiness(c.var.ctx, c.req.param('checkout_id') ?? '')
  if (business_id === undefined) throw notFound('checkout')
  c.set('business', withActor(await getBusinessCtx(c.var.ctx, business_id), { type: 'system', id: 'checkout' }))
  return next()
}

const checkoutIdOf = (c: AppContext) => c.req.param('checkout_id') ?? ''

function pageFor(c: AppContext, view: CheckoutView): BusinessPage {
  return inBrand(businessPage(c, c.var.business, { forcedLocale: view.checkout.force_language }), view.brand)
}

async function showCheckout(c: AppContext) {
  const view = await viewCheckout(c.var.business, checkoutIdOf(c))
  const [refused] = view.refused
  const errors: FormErrors<CheckoutField> = {
    ...(view.declined === null ? {} : { form: declineKey(view.declined) }),
    ...(refused === undefined ? {} : { code: codeProblem(refused.reason) }),
  }
  return answer(c, view, typedOf(view), errors)
}

/** What the shop told of the buyer. Nothing saved is shown: whoever holds the address is not signed in. */
function typedOf({ checkout }: Pick<CheckoutView, 'checkout'>): Typed<CheckoutField> {
  const { billing, customer_email, customer_name } = checkout
  const { tax_id, customer_business_name } = checkout
  const known = {
    email: customer_email,
    name: customer_name,
    ...billing,
    tax_id,
    business_name: customer_business_name,
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null && value !== undefined))
}

function answer(c: AppContext, view: CheckoutView, typed: Typed<CheckoutField>, errors: FormErrors<CheckoutField>) {
  const page = pageFor(c, view)
  const { checkout_id, return_url, cancel_url, allow_discount_code } = view.checkout
  const status = Object.keys(errors).length > 0 && c.req.method === 'POST' ? 422 : 200
  switch (view.state) {
    case 'open': {
      const order = orderOf(view.cart, c.var.business.clock.now(), page.urls)
      const drawn = <CheckoutPage {...{ page, checkout_id, order, cancel_url, allow_discount_code, typed, errors }} />
      return c.html(drawn, status)
    }
    case 'checking':
      return c.html(
        <CheckoutCheckingPage page={page} return_url={return_url} again_href={page.urls.checkoutReturn(checkout_id)} />,
      )
    case 'paid':
    case 'expired': {
      const login_href = page.urls.login(page.business.business_id)
      return c.html(
        <CheckoutClosedPage page={page} reason={view.state} login_href={login_href} return_url={return_url} />,
      )
    }
  }
}

async function pay(c: AppContext) {
  if (!isSameOrigin(c)) throw new AppError('FORBIDDEN')
  const { business } = c.var
  const checkout_id = checkoutIdOf(c)
  const view = await viewCheckout(business, checkout_id)
  if (view.state !== 'open') return c.redirect(business.urls.checkoutReturn(checkout_id), 303)
  const form = parseForm(checkoutForm, await c.req.parseBody({ all: true }))
  if (!form.ok) return answer(c, view, form.typed, form.errors)
  const { email, name, country, ...rest } = form.values
  if (rest.tax_id !== '' && !hasTaxIdForm(country, rest.tax_id)) {
    return answer(c, view, form.values, { tax_id: 'checkout.problem.tax_id' })
  }
  const locale = pageFor(c, view).i18n.locale
  const address = {
    street: rest.street || null,
    city: rest.city || null,
    state: rest.state || null,
    zipcode: rest.zipcode || null,
  }
  const buyer = {
    email,
    name,
    phone_number: view.checkout.customer_phone_number,
    billing: { country, ...address },
    tax_id: rest.tax_id || view.checkout.tax_id,
    customer_business_name: rest.business_name || view.checkout.customer_business_name,
    locale,
  }
  const due = await viewCheckout(business, checkout_id, buyer)
  if (rest.shown_total !== '' && rest.shown_total !== String(due.cart.dues.total)) {
    return answer(c, due, form.values, { form: 'checkout.problem.total_changed' })
  }
  try {
    const step = await beginPayment(business, checkout_id, buyer)
    return c.redirect(step.type === 'page' ? step.url : business.urls.checkoutReturn(checkout_id), 303)
  } catch (error) {
    const problem = error instanceof AppError ? problems[error.code] : undefined
    if (problem !== undefined) return answer(c, view, form.values, { form: problem })
    if (error instanceof AppError && (codeRefusals as readonly string[]).includes(error.code)) {
      await dropRefusedCodes(business, checkout_id, email)
      return answer(c, await viewCheckout(business, checkout_id, buyer), form.values, { form: codeProblem(error.code) })
    }
    if (error instanceof AppError && error.status === 409)
      return c.redirect(business.urls.checkoutReturn(checkout_id), 303)
    throw error
  }
}

const problems: Partial<Record<AppError['code'], MessageKey>> = {
  CUSTOMER_HAS_EXISTING_SUBSCRIPTION: 'checkout.problem.subscribed',
  NO_ELIGIBLE_PAYMENT_METHODS: 'checkout.problem.no_method',
  TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT: 'checkout.problem.too_small',
}

async function changeCodes(c: AppContext) {
  if (!isSameOrigin(c)) throw new AppError('FORBIDDEN')
  const { business } = c.var
  const checkout_id = checkoutIdOf(c)
  const form = parseForm(codeForm, await c.req.parseBody({ all: true }))
  const view = await viewCheckout(business, checkout_id)
  if (!form.ok) return answer(c, view, { ...typedOf(view), ...form.typed }, form.errors)
  const { code, remove } = form.values
  try {
    if (remove !== '') await removeCode(business, checkout_id, remove)
    if (code !== '') await enterCode(business, checkout_id, code)
  } catch (error) {
    if (!(error instanceof AppError) || !(codeRefusals as readonly string[]).includes(error.code)) throw error
    return answer(c, view, { ...typedOf(view), code }, { code: codeProblem(error.code) })
  }
  return c.redirect(business.urls.checkout(checkout_id), 303)
}

/** Back from the processor's page, or looking again: the processor is asked, the address is not believed. */
async function comeBack(c: AppContext) {
  const { business } = c.var
  const checkout_id = checkoutIdOf(c)
  await returnFromPage(business, checkout_id)
  const view = await viewCheckout(business, checkout_id)
  if (view.state === 'checking') return answer(c, view, {}, {})
  if (view.state !== 'paid') return c.redirect(business.urls.checkout(checkout_id), 303)
  const { return_url } = view.checkout
  return c.redirect(
    return_url === null ? business.urls.checkoutDone(checkout_id) : await shopUrl(c, view, return_url),
    303,
  )
}

/** The shop's own page, told what was bought. */
async function shopUrl(c: AppContext, { checkout, payment }: CheckoutView, return_url: string): Promise<string> {
  const url = new URL(return_url)
  const { subscription_id } = checkout
  const payment_id = payment?.payment_id ?? null
  if (subscription_id !== null) url.searchParams.set('subscription_id', subscription_id)
  else if (payment_id !== null) url.searchParams.set('payment_id', payment_id)
  url.searchParams.set('status', subscription_id === null ? 'succeeded' : 'active')
  if (checkout.customer_email !== null) url.searchParams.set('email', checkout.customer_email)
  const keys = await listKeysBought(c.var.business, { payment_id, subscription_id })
  if (keys.length > 0) url.searchParams.set('license_key', keys.join(','))
  return url.toString()
}

async function showDone(c: AppContext) {
  const { business } = c.var
  const view = await viewCheckout(business, checkoutIdOf(c))
  if (view.state !== 'paid') return c.redirect(business.urls.checkout(checkoutIdOf(c)), 303)
  const page = pageFor(c, view)
  return c.html(
    <CheckoutPaidPage
      page={page}
      order={orderOf(view.cart, view.payment?.settled_at ?? business.clock.now(), page.urls)}
      email={view.checkout.customer_email ?? ''}
      login_href={page.urls.login(page.business.business_id)}
      return_url={null}
    />,
  )
}
