import { getSubscription } from '#core/subscriptions/queries.ts'
import { facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import {
  nextPaymentRow,
  type PlanFacts,
  planFactsOf,
  planName,
  planRow,
  subscriptionButton,
} from '#email/plan-facts.ts'

/** What held a subscription was paid. One that was never without access is told by its receipt. */
export const reactivated = mail<PlanFacts>({
  kind: 'subscription_reactivated',
  gather: async (ctx, { resource_id, data }) => {
    if (data.deed !== 'reactivated') return undefined
    const subscription = await getSubscription(ctx, resource_id)
    return subscription.status === 'active' ? planFactsOf(ctx, subscription) : undefined
  },
  draw: (page, about) => {
    const plan = planName(page, about)
    return {
      subject: page.i18n.t('email.reactivated.subject', { plan }),
      blocks: [
        say(page.i18n.t('email.reactivated.intro')),
        facts([planRow(page, about), nextPaymentRow(page, about)]),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})
