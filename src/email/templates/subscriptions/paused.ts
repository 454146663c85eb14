// A pause and its end.
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

export const paused = mail<PlanFacts & { resumes_at: string | null }>({
  kind: 'subscription_paused',
  gather: async (ctx, { resource_id }) => {
    const subscription = await getSubscription(ctx, resource_id)
    if (subscription.status !== 'paused') return undefined
    return { ...(await planFactsOf(ctx, subscription)), resumes_at: subscription.resumes_at?.toString() ?? null }
  },
  draw: (page, about) => {
    const { t, date } = page.i18n
    const { resumes_at } = about
    return {
      subject: t('email.paused.subject', { plan: planName(page, about) }),
      blocks: [
        say(t('email.paused.intro')),
        say(resumes_at === null ? t('email.paused.open_end') : t('email.paused.until', { date: date(resumes_at) })),
        facts([planRow(page, about)]),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})

export const resumed = mail<PlanFacts>({
  kind: 'subscription_resumed',
  gather: async (ctx, { resource_id }) => {
    const subscription = await getSubscription(ctx, resource_id)
    return subscription.status === 'active' ? planFactsOf(ctx, subscription) : undefined
  },
  draw: (page, about) => {
    const { t } = page.i18n
    return {
      subject: t('email.resumed.subject', { plan: planName(page, about) }),
      blocks: [
        say(t('email.resumed.intro')),
        facts([planRow(page, about), nextPaymentRow(page, about)]),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})
