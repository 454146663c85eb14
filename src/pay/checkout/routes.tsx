// The hosted checkout: what is bought and by whom. The card is entered on the processor's page, never here.

import { Hono } from 'hono'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { codeRefusals, dropRefusedCodes, enterCode, removeCode } from '#core/checkout/checkout-discounts.ts'
import { chooseProduct, setAddon } from '#core/checkout/edit-cart.ts'
import { returnFromPage } from '#core/checkout/open-page.ts'
import { type CheckoutView, viewCheckout } from '#core/checkout/queries.ts'
import { listKeysBought } from '#core/licenses/queries.ts'
import { themeOf } from '#core/themes/read-theme.ts'
import { findCheckoutBusiness } from '#core/unscoped/by-secret.ts'
import { businessPage } from '#door/business-page.ts'
import { answerFailure } from '#door/error-boundary.tsx'
import { formLimit } from '#door/form-limit.ts'
import { isSameOrigin } from '#door/request.ts'
import { pageSecurity } from '#door/security-headers.ts'
import type { MessageKey } from '#i18n/translator.ts'
import { inBrand } from '#pay/brand-page.ts'
import { orderOf } from '#pay/order.ts'
import { NotSoldPage } from '#pay/short-links/buy-page.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { withActor } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { declineKey } from '#ui/decline-text.ts'
import type { BusinessPage } from '#ui/page.ts'
import { type FormErrors, parseForm, type Typed } from '#ui/parse-form.ts'
import { CheckoutClosedPage } from './checkout-closed-page.tsx'
import { type CheckoutField, cartForm, codeForm, readOrder, toldOf } from './checkout-form.ts'
import { CheckoutPage } from './checkout-page.tsx'
import { CheckoutCheckingPage, CheckoutPaidPage } from './checkout-result-page.tsx'
import { codeProblem } from './code-problem.ts'

export function createPay(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.onError(answerProblem)
  door.use(pageSecurity({ formsStayHere: false }))
  door.use(formLimit)
  door.use('/:checkout_id/*', findBusiness)
  door.get('/:checkout_id', showCheckout)
  door.post('/:checkout_id', pay)
  door.post('/:checkout_id/codes', changeCodes)
  door.post('/:checkout_id/cart', changeCart)
  door.get('/:checkout_id/return', comeBack)
  door.get('/:checkout_id/done', showDone)
  return door
}

function answerProblem(error: Error, c: AppContext) {
  if (c.var.business === undefined) return answerFailure(c, error)
  const page = businessPage(c, c.var.business)
  const isGone = error instanceof AppError && gone.includes(error.code)
  return isGone ? c.html(<NotSoldPage page={page} />, 410) : answerFailure(c, error, { page })
}

const gone: AppError['code'][] = [
  'PRODUCT_IS_DELETED',
  'PRODUCT_COLLECTION_IS_DELETED',
  'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS',
]

async function findBusiness(c: AppContext, next: () => Promise<void>) {
  const business_id = await findCheckoutBusiness(c.var.ctx, c.req.param('checkout_id') ?? '')
  if (business_id === undefined) throw notFound('checkout')
  c.set('business', withActor(await getBusinessCtx(c.var.ctx, business_id), { type: 'system', id: 'checkout' }))
  return next()
}

const checkoutIdOf = (c: AppContext) => c.req.param('checkout_id') ?? ''

function pageFor(c: AppContext, view: CheckoutView): BusinessPage {
  const { force_language: forcedLocale, look } = view.checkout
  const own = look === null ? {} : { theme: themeOf({ theme: look }) }
  return inBrand(businessPage(c, c.var.business, { forcedLocale, ...own }), view.brand)
}

async function showCheckout(c: AppContext) {
  const view = await viewCheckout(c.var.business, checkoutIdOf(c))
  const [refused] = view.refused
  const errors: FormErrors<CheckoutField> = {
    ...(view.declined === null ? {} : { form: declineKey(view.declined) }),
    ...(refused === undefined ? {} : { code: codeProblem(refused.reason) }),
  }
  return answer(c, view, toldOf(view.checkout), errors)
}

function answer(c: AppContext, view: CheckoutView, typed: Typed<CheckoutField>, errors: FormErrors<CheckoutField>) {
  const page = pageFor(c, view)
  const { checkout_id, return_url } = view.checkout
  const status = Object.keys(errors).length > 0 && c.req.method === 'POST' ? 422 : 200
  switch (view.state) {
    case 'open': {
      const order = orderOf(view.cart, c.var.business.clock.now(), page.urls)
      return c.html(<CheckoutPage {...{ page, view, order, typed, errors }} />, status)
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
  const order = readOrder(view.checkout, await c.req.parseBody({ all: true }))
  const { typed } = order
  if (!order.ok) return answer(c, view, typed, order.errors)
  const { shown_total, payment_method } = order
  const buyer = { ...order.buyer, tax_id: order.buyer.tax_id ?? null, locale: pageFor(c, view).i18n.locale }
  const due = await viewCheckout(business, checkout_id, buyer)
  if (shown_total !== '' && shown_total !== String(due.cart.dues.total)) {
    return answer(c, due, typed, { form: 'checkout.problem.total_changed' })
  }
  if (payment_method !== '' && !view.saved_methods.some((saved) => saved.payment_method_id === payment_method)) {
    return answer(c, view, { ...typed, payment_method: '' }, { form: 'checkout.problem.method' })
  }
  try {
    const step = await beginPayment(business, checkout_id, buyer, payment_method === '' ? null : payment_method)
    return c.redirect(step.type === 'page' ? step.url : business.urls.checkoutReturn(checkout_id), 303)
  } catch (error) {
    const problem = error instanceof AppError ? problems[error.code] : undefined
    if (problem !== undefined) return answer(c, view, typed, { form: problem })
    if (error instanceof AppError && (codeRefusals as readonly string[]).includes(error.code)) {
      await dropRefusedCodes(business, checkout_id, buyer.email)
      return answer(c, await viewCheckout(business, checkout_id, buyer), typed, { form: codeProblem(error.code) })
    }
    if (error instanceof AppError && error.status === 404 && payment_method !== '') {
      return answer(c, view, { ...typed, payment_method: '' }, { form: 'checkout.problem.method' })
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
  if (!form.ok) return answer(c, view, { ...toldOf(view.checkout), ...form.typed }, form.errors)
  const { code, remove } = form.values
  try {
    if (remove !== '') await removeCode(business, checkout_id, remove)
    if (code !== '') await enterCode(business, checkout_id, code)
  } catch (error) {
    if (!(error instanceof AppError) || !(codeRefusals as readonly string[]).includes(error.code)) throw error
    return answer(c, view, { ...toldOf(view.checkout), code }, { code: codeProblem(error.code) })
  }
  return c.redirect(business.urls.checkout(checkout_id), 303)
}

async function changeCart(c: AppContext) {
  if (!isSameOrigin(c)) throw new AppError('FORBIDDEN')
  const { business } = c.var
  const checkout_id = checkoutIdOf(c)
  const form = parseForm(cartForm, await c.req.parseBody({ all: true }))
  const view = await viewCheckout(business, checkout_id)
  if (!form.ok) return answer(c, view, toldOf(view.checkout), { form: 'error.form.unreadable' })
  const { product_id, addon_id, quantity } = form.values
  if (view.state !== 'open') return c.redirect(business.urls.checkoutReturn(checkout_id), 303)
  try {
    if (product_id !== '') await chooseProduct(business, checkout_id, product_id)
    else await setAddon(business, checkout_id, addon_id, quantity)
  } catch (error) {
    if (!(error instanceof AppError && error.status === 409)) throw error
    return c.redirect(business.urls.checkoutReturn(checkout_id), 303)
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
