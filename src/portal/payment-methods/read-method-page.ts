import { hardDeclines } from '#billing/retry.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { type Owed, viewDues } from '#core/recovery/describe-owed.ts'
import { listSubscriptions, readNextPayments, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { DuesToPay } from '#portal/payment-methods/dues-form.tsx'
import { expiredReason } from '#portal/payment-methods/method-choices.tsx'
import type { SubscriptionMethodPageProps } from '#portal/payment-methods/subscription-method-page.tsx'
import { portalPage } from '#portal/portal-page.ts'
import { summarize } from '#portal/subscriptions/summarize.ts'
import type { AppContext } from '#src/app-env.ts'
import { declineKey } from '#ui/decline-text.ts'

const MOST = 100

/** All that the page says of how a subscription is paid. */
export async function readMethodPage(
  c: AppContext,
  subscription: SubscriptionListed,
): Promise<Omit<SubscriptionMethodPageProps, 'notice'>> {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [methods, next, { state, owed }, subscriptions] = await Promise.all([
    listPaymentMethods(ctx, customer_id),
    readNextPayments(ctx, [subscription]),
    viewDues(ctx, subscription),
    listSubscriptions(ctx, { customer_id, statuses: ['active', 'paused'] }, { page_number: 0, page_size: MOST }),
  ])
  const now = ctx.clock.now()
  return {
    page: portalPage(c),
    now,
    subscription: summarize(subscription, { methods, next }),
    methods: methods.map((method) => ({
      ...method,
      refused: expiredReason(method, now) ?? refusal(owed, method),
      declined: owed?.refusals.has(method.payment_method_id) ?? false,
    })),
    payment_method_id: subscription.payment_method_id,
    state,
    dues: owed === undefined ? null : duesToPay(owed),
    others: subscriptions
      .filter(({ subscription_id }) => subscription_id !== subscription.subscription_id)
      .map(({ product_name }) => product_name),
    archived: ctx.business.archived_at !== null,
  }
}

/** The bank said that asking this one again is no use. */
function refusal(owed: Owed | undefined, { payment_method_id }: { payment_method_id: string }) {
  const code = owed?.refusals.get(payment_method_id)
  if (code === undefined || !hardDeclines.includes(code)) return null
  // The page says above why the last attempt was declined.
  const reason = declineKey(code)
  return reason === declineKey(owed?.declined ?? null) ? 'portal.choose.refused' : reason
}

function duesToPay({ dues, lines, period, own_funds, declined, times_declined }: Owed): DuesToPay {
  const { dues_id, currency, tax, tax_inclusive, total } = dues
  const sums = { currency, lines, period, tax, tax_inclusive, own_funds, left: total - own_funds }
  return { dues_id, sums, declined, times_declined }
}
