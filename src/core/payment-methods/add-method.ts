// A customer saves a method that pays for nothing yet: on the processor's page, one at a time.
import { getCustomerToServe } from '#core/customers/queries.ts'
import { type MethodSetup, openCustomerSetup } from '#core/payment-methods/open-setup.ts'
import { NO_TERMS } from '#core/payment-methods/page-terms.ts'
import { getSetup, reconcileSetup, settleMethod } from '#core/payment-methods/settle-method.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** A page nobody finished is closed after this time. */
const PAGE = Temporal.Duration.from({ hours: 24 })

/** Opens the page, or finds the one that is open. `action_url` is null where the processor did not answer. */
export async function addPaymentMethod(
  outer: BusinessCtx,
  customer_id: string,
  { locale, return_url }: { locale: string; return_url: (setup_id: string) => string },
): Promise<MethodSetup> {
  const { email, name } = await getCustomerToServe(outer, customer_id)
  await askAgain(outer, customer_id)
  const setup = await inTransaction(outer, async (ctx) => {
    await from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id).forUpdate().execute()
    return openCustomerSetup(ctx, customer_id, ctx.wall.now().add(PAGE))
  })
  if (setup.action_url !== null) return setup
  const { currency, country } = await paysIn(outer, customer_id)
  const outcome = await orUnknown(() =>
    processorNamed(outer, setup.processor).openSetup({
      key: setup.processor_key,
      amount: 0,
      currency,
      description: outer.business.name,
      business_id: outer.business.business_id,
      business_name: outer.business.name,
      customer: { customer_id, email, name, country },
      return_url: return_url(setup.setup_id),
      locale,
      save_method: true,
      ...NO_TERMS,
    }),
  )
  return settleMethod(outer, setup.setup_id, outcome)
}

/** A set-up the customer began in the portal. Throws NOT_FOUND for anybody else's. */
export async function getOwnSetup(ctx: BusinessCtx, customer_id: string, setup_id: string): Promise<MethodSetup> {
  const setup = await getSetup(ctx, setup_id)
  if (setup.customer_id !== customer_id || setup.checkout_id !== null) throw notFound('method set-up')
  return setup
}

/** The page that is open may have been finished meanwhile. */
async function askAgain(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const open = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('customer_id', '=', customer_id)
    .where('subscription_id', 'is', null)
    .where('checkout_id', 'is', null)
    .where('status', '=', 'requires_customer_action')
    .executeTakeFirst()
  if (open !== undefined) await reconcileSetup(ctx, open.setup_id)
}

/** What decides which ways to pay the processor offers: the currency and country of what was bought last. */
async function paysIn(ctx: BusinessCtx, customer_id: string): Promise<{ currency: string; country: string | null }> {
  const last = await from(ctx, 'subscriptions')
    .select(['currency', 'billing'])
    .where('customer_id', '=', customer_id)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { currency: last?.currency ?? ctx.business.currency, country: last?.billing.country ?? null }
}
