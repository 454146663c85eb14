import { getToldChange } from '#core/plan-changes/told-change.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { nextPaymentRow, type PlanFacts, planFactsOf, planName, subscriptionButton } from '#email/plan-facts.ts'
import { addonsRow } from '#email/templates/plan-changes/changed.ts'

/** The plan becomes another one at the next billing date, and can be kept until then. */
export const changeScheduled = mail<PlanFacts & { change_id: string; at: string }>({
  kind: 'plan_change_scheduled',
  gather: async (ctx, { resource_id, data }) => {
    const { deed, change_id } = data
    if (deed !== 'plan_change_scheduled' || typeof change_id !== 'string') return undefined
    const subscription = await getSubscription(ctx, resource_id)
    const { scheduled_change, next_billing_date } = subscription
    if (scheduled_change?.change_id !== change_id || next_billing_date === null) return undefined
    return { ...(await planFactsOf(ctx, subscription)), change_id, at: next_billing_date.toString() }
  },
  draw: async (page, about) => {
    const { ctx, i18n } = page
    const change = await getToldChange(ctx, about.change_id)
    const to = planName(page, { plan: change.product_name, quantity: change.quantity })
    const date = i18n.date(about.at)
    return {
      subject: i18n.t('email.change_scheduled.subject', { plan: to, date }),
      blocks: [
        say(i18n.t('email.change_scheduled.intro', { date })),
        facts([
          { label: i18n.t('email.label.now'), value: planName(page, about) },
          { label: i18n.t('email.label.then'), value: to },
          addonsRow(page, change),
          nextPaymentRow(page, about),
        ]),
        say(i18n.t('email.change_scheduled.undo')),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})
