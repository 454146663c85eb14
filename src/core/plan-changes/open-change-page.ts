// The customer presses Pay under the link of a change: however often and in however many windows, they all lead to the same page.
import { firstCheck } from '#core/payments/check-schedule.ts'
import { awaitsBuyer, type Payment } from '#core/payments/queries.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { updatePayment } from '#core/payments/store.ts'
import { changeOf, isOpen } from '#core/plan-changes/view-change-link.ts'
import { type OpenedPage, openPaymentPage } from '#core/recovery/open-page.ts'
import { getPayLink, type PayLink } from '#core/recovery/pay-links.ts'
import { from } from '#core/scope.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { collectUsage } from '#core/usage/collect-usage.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const NOTHING: OpenedPage = { payment_id: undefined, url: undefined }

/** Does nothing where the change is made, or does not wait for its money any more. */
export async function openChangePage(outer: BusinessCtx, pay_link_id: string, locale: string): Promise<OpenedPage> {
  const link = await getPayLink(outer, pay_link_id)
  await askAboutChange(outer, link)
  const begun = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, link.subscription_id)
    const change = await changeOf(ctx, link)
    const payment = isOpen(ctx, link, change) ? await findOpenAttempt(ctx, change.dues_id) : undefined
    return payment && { subscription, payment: await begin(ctx, payment) }
  })
  if (begun === undefined) return NOTHING
  const place = { link, locale, return_url: () => outer.urls.payReturn(pay_link_id) }
  return openPaymentPage(outer, place, begun.subscription, begun.payment)
}

/** The browser is back, or about to begin again: the processor is asked, the address is never believed. */
export async function askAboutChange(ctx: BusinessCtx, link: PayLink): Promise<void> {
  const { dues_id } = await changeOf(ctx, link)
  const payment = await findOpenAttempt(ctx, dues_id)
  if (payment === undefined || awaitsBuyer(payment) || isBeginning(payment)) return
  const { settled_at } = await reconcilePayment(ctx, payment.payment_id)
  // What was used of the old plan is asked for once the change is paid.
  if (settled_at !== null) await collectUsage(ctx, link.subscription_id)
}

/** From now on it is asked about, whatever becomes of us. */
async function begin(ctx: BusinessCtx, payment: Payment): Promise<Payment> {
  if (!awaitsBuyer(payment)) return payment
  const next_check_at = firstCheck(ctx.wall.now())
  return updatePayment(ctx, payment.payment_id, { status: 'processing', next_check_at })
}

/** Another window pressed at this moment: its page is being opened. */
function isBeginning({ status, unknown_since }: Payment): boolean {
  return status === 'processing' && unknown_since === null
}

async function findOpenAttempt(ctx: BusinessCtx, dues_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments')
    .selectAll()
    .where('dues_id', '=', dues_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
}
