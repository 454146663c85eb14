// A cancellation that waits for the next billing date, and its taking back.
import { getSubscription } from '#core/subscriptions/queries.ts'
import { button, facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import {
  nextPaymentRow,
  type PlanFacts,
  planFactsOf,
  planName,
  planRow,
  subscriptionButton,
  subscriptionUrl,
} from '#email/plan-facts.ts'

export const cancellationScheduled = mail<PlanFacts & { until: string }>({
  kind: 'cancellation_scheduled',
  gather: async (ctx, { resource_id, data }) => {
    if (data.deed !== 'cancellation_scheduled') return undefined
    const subscription = await getSubscription(ctx, resource_id)
    const { cancel_at_next_billing_date, next_billing_date } = subscription
    // Taken back already, or over.
    if (!cancel_at_next_billing_date || next_billing_date === null) return undefined
    return { ...(await planFactsOf(ctx, subscription)), until: next_billing_date.toString() }
  },
  draw: (page, about) => {
    const { t, date } = page.i18n
    const plan = planName(page, about)
    return {
      subject: t('email.cancellation_scheduled.subject', { plan, date: date(about.until) }),
      blocks: [
        say(t('email.cancellation_scheduled.intro', { plan, date: date(about.until) })),
        facts([planRow(page, about), { label: t('email.label.ends'), value: date(about.until) }]),
        say(t('email.cancellation_scheduled.undo')),
        button(t('email.cancellation_scheduled.open'), subscriptionUrl(page, about.subscription_id)),
      ],
    }
  },
})

export const cancellationUndone = mail<PlanFacts>({
  kind: 'cancellation_undone',
  gather: async (ctx, { resource_id, data }) => {
    if (data.deed !== 'cancellation_revoked') return undefined
    const subscription = await getSubscription(ctx, resource_id)
    return subscription.cancel_at_next_billing_date ? undefined : planFactsOf(ctx, subscription)
  },
  draw: (page, about) => {
    const { t } = page.i18n
    return {
      subject: t('email.cancellation_undone.subject', { plan: planName(page, about) }),
      blocks: [
        say(t('email.cancellation_undone.intro')),
        facts([planRow(page, about), nextPaymentRow(page, about)]),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})
