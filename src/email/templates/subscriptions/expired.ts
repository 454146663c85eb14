import { facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { gatherPlan, type PlanFacts, planName, planRow, subscriptionButton } from '#email/plan-facts.ts'

/** The whole term is over. */
export const expired = mail<PlanFacts & { at: string }>({
  kind: 'subscription_expired',
  gather: async (ctx, { resource_id, data }) => ({ ...(await gatherPlan(ctx, resource_id)), at: String(data.at) }),
  draw: (page, about) => {
    const { t, date } = page.i18n
    const plan = planName(page, about)
    return {
      subject: t('email.expired.subject', { plan }),
      blocks: [
        say(t('email.expired.intro', { plan, date: date(about.at) })),
        facts([planRow(page, about), { label: t('email.label.ended'), value: date(about.at) }]),
        say(t('email.cancelled.again')),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})
