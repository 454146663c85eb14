import { Hono } from 'hono'
import { addPaymentMethod, getOwnSetup } from '#core/payment-methods/add-method.ts'
import { makeDefaultMethod } from '#core/payment-methods/make-default.ts'
import { getOwnMethod, listMethodUses, listPaymentMethods, type MethodUse } from '#core/payment-methods/queries.ts'
import { removePaymentMethod } from '#core/payment-methods/remove-method.ts'
import { reconcileSetup } from '#core/payment-methods/settle-method.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { type Notice, noticeOf } from '#portal/notice.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { MethodsPage } from '#portal/payment-methods/methods-page.tsx'
import { type Removable, RemovalPage } from '#portal/payment-methods/removal.tsx'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

export function paymentMethodRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  // Adding one leads to the processor.
  door.use(pageSecurity({ formsStayHere: false }))
  door.get('/', showMethods)
  door.post('/', add)
  door.get('/return', comeBack)
  door.post('/:payment_method_id/default', makeDefault)
  door.get('/:payment_method_id/removal', askToRemove)
  door.post('/:payment_method_id/removal', remove)
  return door
}

async function showMethods(c: AppContext) {
  const { ctx } = c.var.visitor
  return c.html(
    <MethodsPage
      page={portalPage(c)}
      now={ctx.clock.now()}
      notice={noticeOf(c.req.query('done'))}
      methods={await orLogged(c, readMethods(c))}
      archived={ctx.business.archived_at !== null}
    />,
  )
}

async function readMethods(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const [methods, uses] = await Promise.all([
    listPaymentMethods(ctx, customer.customer_id),
    listMethodUses(ctx, customer.customer_id),
  ])
  return methods.map((method) => {
    const mine = usesOf(method, uses)
    return { ...method, uses: mine, used_by: mine.map(({ product_name }) => product_name) }
  })
}

function usesOf({ payment_method_id }: { payment_method_id: string }, uses: readonly MethodUse[]): MethodUse[] {
  return uses.filter((use) => use.payment_method_id === payment_method_id)
}

async function add(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { business_id } = ctx.business
  const { action_url } = await addPaymentMethod(ctx, customer.customer_id, {
    locale: portalPage(c).i18n.locale,
    return_url: (setup_id) => ctx.urls.portal.paymentMethodsReturn(business_id, { setup_id }),
  })
  return action_url === null ? backToMethods(c, 'method_unknown') : c.redirect(action_url, 303)
}

/** Back from the processor's page: the processor is asked, the address is not believed. */
async function comeBack(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { setup_id, status } = await getOwnSetup(ctx, customer.customer_id, c.req.query('setup_id') ?? '')
  const setup = status === 'succeeded' ? { status } : await reconcileSetup(ctx, setup_id)
  return backToMethods(c, said[setup.status])
}

const said = {
  succeeded: 'method_added',
  failed: 'method_not_added',
  cancelled: 'method_not_added',
  requires_customer_action: 'method_not_added',
  processing: 'method_unknown',
} as const satisfies Record<string, Notice>

async function makeDefault(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  await makeDefaultMethod(ctx, customer.customer_id, c.req.param('payment_method_id') ?? '')
  return backToMethods(c, 'method_default')
}

async function askToRemove(c: AppContext) {
  return c.html(<RemovalPage page={portalPage(c)} method={await ownRemovable(c)} />)
}

async function ownRemovable(c: AppContext): Promise<Removable> {
  const { ctx, customer } = c.var.visitor
  const [method, uses] = await Promise.all([
    getOwnMethod(ctx, customer.customer_id, c.req.param('payment_method_id') ?? ''),
    listMethodUses(ctx, customer.customer_id),
  ])
  return { ...method, uses: usesOf(method, uses) }
}

async function remove(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const payment_method_id = c.req.param('payment_method_id') ?? ''
  try {
    await removePaymentMethod(ctx, customer.customer_id, payment_method_id)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'PAYMENT_METHOD_IN_USE') throw error
    return c.html(<RemovalPage page={portalPage(c)} method={await ownRemovable(c)} />, 409)
  }
  return backToMethods(c, 'method_removed')
}

function backToMethods(c: AppContext, done: Notice) {
  const { ctx } = c.var.visitor
  return c.redirect(ctx.urls.portal.paymentMethods(ctx.business.business_id, { done }), 303)
}
