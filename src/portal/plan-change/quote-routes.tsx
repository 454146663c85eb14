// A quote: looked at, confirmed once, and what came of it.
import { Hono } from 'hono'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { canUndoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { confirmQuote } from '#core/quotes/confirm-quote.ts'
import { findQuotedChange, findQuotePayment, getQuote, type Quote } from '#core/quotes/queries.ts'
import { quoteChange, VALID_FOR } from '#core/quotes/quote-change.ts'
import { giveUpQuotePayment, returnToQuote } from '#core/quotes/quote-payment.ts'
import { getSubscription, readItems, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { openDues } from '#portal/overview/tell-dues.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { methodProblem } from '#portal/plan-change/method-problem.ts'
import { outcomeOf } from '#portal/plan-change/outcome.ts'
import { OutcomePage } from '#portal/plan-change/outcome-page.tsx'
import { addonField, type PlanField } from '#portal/plan-change/plan-form.ts'
import { QuotePage } from '#portal/plan-change/quote-page.tsx'
import { tellQuote } from '#portal/plan-change/tell-quote.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import type { Typed } from '#ui/parse-form.ts'

type Refused = (c: AppContext, error: unknown, typed: Typed<PlanField>) => Response | Promise<Response>

export function quoteRoutes(refused: Refused): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  // Confirming may lead to the page of the bank.
  door.use('/:quote_id', pageSecurity({ formsStayHere: false }))
  door.get('/:quote_id', show)
  door.post('/:quote_id', (c) => confirm(c, refused))
  door.get('/:quote_id/return', comeBack)
  door.post('/:quote_id/stop', stop)
  return door
}

interface Own {
  subscription: SubscriptionListed
  quote: Quote
}

/** Of the subscription in the address, which is the visitor's. */
async function ownQuote(c: AppContext): Promise<Own> {
  const subscription = await ownSubscription(c)
  const quote = await getQuote(c.var.visitor.ctx, c.req.param('quote_id') ?? '')
  if (quote.subscription_id !== subscription.subscription_id) throw notFound('quote')
  return { subscription, quote }
}

async function show(c: AppContext) {
  const { subscription, quote } = await ownQuote(c)
  return quote.change_id === null ? showOpen(c, subscription, quote) : showOutcome(c, subscription, quote)
}

const reasons = ['expired', 'changed'] as const

async function showOpen(c: AppContext, subscription: SubscriptionListed, quote: Quote) {
  const { ctx } = c.var.visitor
  const [methods, items] = await Promise.all([
    listPaymentMethods(ctx, subscription.customer_id),
    readItems(ctx, subscription),
  ])
  const wall = ctx.wall.now()
  const method = methods.find(({ payment_method_id }) => payment_method_id === subscription.payment_method_id)
  return c.html(
    <QuotePage
      page={portalPage(c)}
      subscription={subscription}
      quote={await tellQuote(ctx, subscription, quote, items)}
      seconds_left={secondsLeft(ctx, quote)}
      anew={reasons.find((reason) => reason === c.req.query('anew')) ?? null}
      method={method ?? null}
      method_problem={quote.total > 0 ? methodProblem(subscription, methods, wall) : null}
    />,
  )
}

/** In either time: a test clock may have moved further than the wall's. */
function secondsLeft(ctx: BusinessCtx, { expires_at, decided_at }: Quote): number {
  const business = ctx.clock.now().until(decided_at.add(VALID_FOR))
  const wall = ctx.wall.now().until(expires_at)
  return Math.floor(Math.min(business.total('seconds'), wall.total('seconds')))
}

async function showOutcome(c: AppContext, subscription: SubscriptionListed, quote: Quote) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const { subscription_id, customer_id } = subscription
  const [change, payment, dues, undoable] = await Promise.all([
    findQuotedChange(ctx, quote),
    findQuotePayment(ctx, quote.quote_id),
    openDues(ctx, customer_id, subscription_id),
    canUndoPlanChange(ctx, subscription),
  ])
  if (change === undefined) throw notFound('quote')
  const told = await tellQuote(ctx, subscription, quote, [])
  return c.html(
    <OutcomePage
      page={portalPage(c)}
      subscription={subscription}
      outcome={outcomeOf(change, payment, subscription)}
      product_name={told.product_name}
      effective_at={change.effective_at}
      paid={payment === undefined ? null : { amount: payment.total_amount, currency: payment.currency }}
      error_code={payment?.error_code ?? null}
      bank_href={payment?.action_url ?? null}
      here={ctx.urls.portal.planQuote(business_id, subscription_id, quote.quote_id)}
      return_href={ctx.urls.portal.planQuoteReturn(business_id, subscription_id, quote.quote_id)}
      stop_href={ctx.urls.portal.planQuoteStop(business_id, subscription_id, quote.quote_id)}
      pay_href={dues[0]?.pay_href ?? null}
      undoable={undoable}
    />,
  )
}

async function confirm(c: AppContext, refused: Refused) {
  const { ctx } = c.var.visitor
  const { subscription, quote } = await ownQuote(c)
  const { business_id } = ctx.business
  const { subscription_id } = subscription
  try {
    const return_url = ctx.urls.portal.planQuoteReturn(business_id, subscription_id, quote.quote_id)
    await confirmQuote(ctx, quote.quote_id, { return_url })
  } catch (error) {
    const reason = error instanceof AppError ? stale[error.code] : undefined
    return reason === undefined ? refused(c, error, typedOf(quote)) : quoteAnew(c, refused, quote, reason)
  }
  const payment = await findQuotePayment(ctx, quote.quote_id)
  if (payment?.action_url != null) return c.redirect(payment.action_url, 303)
  return leadOn(c, subscription_id, quote.quote_id)
}

const stale: Partial<Record<AppError['code'], (typeof reasons)[number]>> = {
  QUOTE_EXPIRED: 'expired',
  QUOTE_OUTDATED: 'changed',
  SCHEDULED_PLAN_CHANGE_EXISTS: 'changed',
}

/** The same wish at what it costs now, with a sentence that says why; nothing is charged by that. */
async function quoteAnew(c: AppContext, refused: Refused, quote: Quote, anew: (typeof reasons)[number]) {
  const { ctx } = c.var.visitor
  const { subscription_id, request } = quote
  const { product_id, quantity, addons, discount_codes } = request
  const { scheduled_change } = await getSubscription(ctx, subscription_id)
  try {
    const fresh = await quoteChange(ctx, subscription_id, {
      ...{ product_id, quantity, addons, discount_codes },
      ...(scheduled_change === null ? {} : { cancel_scheduled_change_plan: true }),
    })
    const { business_id } = ctx.business
    return c.redirect(ctx.urls.portal.planQuote(business_id, subscription_id, fresh.quote_id, { anew }), 303)
  } catch (error) {
    return refused(c, error, typedOf(quote))
  }
}

function typedOf({ request }: Quote): Typed<PlanField> {
  return {
    product_id: request.product_id,
    quantity: String(request.quantity),
    code: request.discount_codes?.at(-1) ?? '',
    ...Object.fromEntries(request.addons.map(({ addon_id, quantity }) => [addonField(addon_id), String(quantity)])),
  }
}

/** Done is told on the subscription's page; everything else on the quote's own. */
async function leadOn(c: AppContext, subscription_id: string, quote_id: string) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const subscription = await getSubscription(ctx, subscription_id)
  const change = await findQuotedChange(ctx, await getQuote(ctx, quote_id))
  const payment = await findQuotePayment(ctx, quote_id)
  const outcome = change === undefined ? undefined : outcomeOf(change, payment, subscription)
  const done = outcome === 'made' ? 'plan_changed' : outcome === 'scheduled' ? 'plan_change_scheduled' : undefined
  if (done === undefined) return c.redirect(ctx.urls.portal.planQuote(business_id, subscription_id, quote_id), 303)
  return c.redirect(ctx.urls.portal.subscription(business_id, subscription_id, { done }), 303)
}

/** Back from the bank, or looking again: the processor is asked, the address is not believed. */
async function comeBack(c: AppContext) {
  const { subscription, quote } = await ownQuote(c)
  await returnToQuote(c.var.visitor.ctx, quote.quote_id)
  return leadOn(c, subscription.subscription_id, quote.quote_id)
}

async function stop(c: AppContext) {
  const { subscription, quote } = await ownQuote(c)
  await giveUpQuotePayment(c.var.visitor.ctx, quote.quote_id)
  return leadOn(c, subscription.subscription_id, quote.quote_id)
}
