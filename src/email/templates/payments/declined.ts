// A payment that was declined, where no other mail tells of it.

import type { MailSwitches } from '#core/emails/switches.ts'
import { getDues, getDuesLines, getPayment, type Payment } from '#core/payments/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { button, facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { nextTry, type OwedFacts, payButton, reason } from '#email/owed-facts.ts'
import type { BusinessCtx } from '#src/context.ts'

type DeclinedFacts = OwedFacts & { what: string; subscription_id: string | null; checkout_id: string | null }

/** At the checkout, on demand, or for what was used until the end: nothing goes on hold for it. */
export const paymentFailed = mail<DeclinedFacts>({
  kind: 'payment_failed',
  gather: async (ctx, { resource_id }) => {
    const payment = await getPayment(ctx, resource_id)
    const dues = await getDues(ctx, payment.dues_id)
    if (dues.status === 'paid') return undefined
    if (dues.kind === 'checkout') return factsOf(ctx, payment)
    // Nothing is owed: the merchant may ask again.
    if (dues.kind === 'on_demand') return { ...(await factsOf(ctx, payment)), subscription_id: null }
    const ended = dues.kind === 'usage' && hasEnded(await statusOf(ctx, payment))
    return ended ? factsOf(ctx, payment) : undefined
  },
  draw: async (page, about) => {
    const { ctx, i18n } = page
    const amount = i18n.money(about.amount, about.currency)
    const { checkout_id, subscription_id } = about
    return {
      subject: i18n.t('email.payment_failed.subject', { amount }),
      blocks: [
        reason(page, about),
        facts([{ label: i18n.t('email.label.for'), value: about.what }]),
        ...(checkout_id !== null
          ? [button(i18n.t('email.payment_failed.again'), ctx.urls.checkout(checkout_id))]
          : subscription_id !== null
            ? await payButton(page, { ...about, subscription_id })
            : []),
      ],
    }
  },
})

/** A renewal, and each time it is tried again. The first decline is told by what it leads to, where that mail is sent. */
export const renewalFailed = mail<DeclinedFacts>({
  kind: 'renewal_failed',
  gather: async (ctx, { resource_id }, switches) => {
    const payment = await getPayment(ctx, resource_id)
    const dues = await getDues(ctx, payment.dues_id)
    if (dues.kind !== 'renewal' || dues.status !== 'open' || payment.origin === 'pay_page') return undefined
    if (payment.origin === 'first' && isToldOtherwise(await statusOf(ctx, payment), switches)) return undefined
    return { ...(await factsOf(ctx, payment)), next_retry_at: dues.next_retry_at?.toString() ?? null }
  },
  draw: async (page, about) => {
    const { i18n } = page
    const amount = i18n.money(about.amount, about.currency)
    const { subscription_id } = about
    return {
      subject: i18n.t('email.renewal_failed.subject', { plan: about.what }),
      blocks: [
        say(i18n.t('email.renewal_failed.intro', { plan: about.what, amount })),
        reason(page, about),
        nextTry(page, about),
        ...(subscription_id === null ? [] : await payButton(page, { ...about, subscription_id })),
      ],
    }
  },
})

async function statusOf(ctx: BusinessCtx, { subscription_id }: Payment): Promise<string | undefined> {
  return subscription_id === null ? undefined : (await getSubscription(ctx, subscription_id)).status
}

function hasEnded(status: string | undefined): boolean {
  return status === 'cancelled' || status === 'expired'
}

function isToldOtherwise(status: string | undefined, switches: MailSwitches): boolean {
  if (status === 'on_hold') return switches.subscription_on_hold
  if (status === 'past_due') return switches.subscription_past_due
  return status === 'cancelled' && switches.subscription_cancelled
}

async function factsOf(ctx: BusinessCtx, payment: Payment): Promise<DeclinedFacts> {
  const { total_amount: amount, currency, error_code: code, subscription_id, checkout_id, dues_id } = payment
  const [line] = await getDuesLines(ctx, dues_id)
  // Where nobody was at the checkout, there is nobody to try again there.
  const nowhere = payment.off_session && checkout_id !== null
  const ways = nowhere ? { checkout_id: null, subscription_id: null } : { checkout_id, subscription_id }
  return { amount, currency, code, ...ways, next_retry_at: null, what: line?.description ?? '' }
}
