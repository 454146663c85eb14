import { getSubscription } from '#core/subscriptions/queries.ts'
import { customerRow } from '#email/customer-row.ts'
import { facts } from '#email/letter.ts'
import { type MailPage, mail } from '#email/mail.ts'
import { type PlanFacts, planFactsOf, planName, planRow } from '#email/plan-facts.ts'
import type { MessageKey } from '#i18n/translator.ts'

type CancellationFacts = PlanFacts & {
  customer_id: string
  /** now, scheduled, unpaid, undone */
  what: string
  at: string | null
  feedback: string | null
}

/** Cancelled, set to be cancelled, or kept after all. One that ends as scheduled was told of before. */
export const merchantCancellation = mail<CancellationFacts>({
  kind: 'merchant_cancellation',
  gather: async (ctx, { type, resource_id, customer_id, data }) => {
    const what = whatOf(type, data)
    if (what === undefined || customer_id === null) return undefined
    const subscription = await getSubscription(ctx, resource_id)
    const { next_billing_date, cancellation_feedback: feedback } = subscription
    const at = type === 'subscription.cancelled' ? String(data.at) : (next_billing_date?.toString() ?? null)
    return { ...(await planFactsOf(ctx, subscription)), customer_id, what, at, feedback }
  },
  draw: async (page, about) => {
    const { ctx, i18n } = page
    const { t } = i18n
    const { what, at } = about
    const { name, ...customer } = await customerRow(page, about.customer_id)
    // Taken back with the cancellation, and gone with an erased customer.
    const { cancellation_comment } = await getSubscription(ctx, about.subscription_id)
    return {
      subject: t('email.merchant.cancellation.subject', { name, what, plan: planName(page, about) }),
      blocks: [
        facts([
          customer,
          planRow(page, about),
          at === null || what === 'undone'
            ? undefined
            : { label: what === 'scheduled' ? t('email.label.ends') : t('email.label.ended'), value: i18n.date(at) },
          feedbackRow(page, about),
          cancellation_comment === null
            ? undefined
            : { label: t('email.merchant.comment'), value: cancellation_comment },
          { label: t('email.merchant.subscription'), value: about.subscription_id },
        ]),
      ],
    }
  },
})

function whatOf(type: string, { deed, because }: Record<string, unknown>): string | undefined {
  if (type === 'subscription.cancelled')
    return because === 'scheduled' ? undefined : because === 'unpaid' ? 'unpaid' : 'now'
  if (deed === 'cancellation_scheduled') return 'scheduled'
  return deed === 'cancellation_revoked' ? 'undone' : undefined
}

function feedbackRow({ i18n }: MailPage, { feedback }: CancellationFacts) {
  if (feedback === null) return undefined
  return { label: i18n.t('email.merchant.reason'), value: i18n.t(`portal.cancel.reason.${feedback}` as MessageKey) }
}
