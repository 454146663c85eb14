// What a declined charge leads to: the subscription stands still, or goes on for a while.
import { getSubscription } from '#core/subscriptions/queries.ts'
import { facts, say } from '#email/letter.ts'
import { type MailPage, mail } from '#email/mail.ts'
import { gatherOwed, nextTry, type OwedFacts, payButton, reason } from '#email/owed-facts.ts'
import { type PlanFacts, planFactsOf, planName, planRow } from '#email/plan-facts.ts'

type OverdueFacts = PlanFacts & OwedFacts

export const onHold = mail<OverdueFacts>({
  kind: 'subscription_on_hold',
  gather: async (ctx, { resource_id }) => {
    const subscription = await getSubscription(ctx, resource_id)
    const owed = subscription.status === 'on_hold' ? await gatherOwed(ctx, resource_id) : undefined
    return owed && { ...(await planFactsOf(ctx, subscription)), ...owed }
  },
  draw: async (page, about) => {
    const { t } = page.i18n
    const plan = planName(page, about)
    return {
      subject: t('email.on_hold.subject', { plan }),
      blocks: [
        say(t('email.on_hold.intro', { plan, amount: amountOf(page, about) })),
        reason(page, about),
        nextTry(page, about),
        owedRows(page, about),
        ...(await payButton(page, about)),
      ],
    }
  },
})

export const pastDue = mail<OverdueFacts & { until: string; then: string }>({
  kind: 'subscription_past_due',
  gather: async (ctx, { resource_id }) => {
    const subscription = await getSubscription(ctx, resource_id)
    const { past_due_ends_at, past_due_action } = subscription
    const owed = past_due_ends_at === null ? undefined : await gatherOwed(ctx, resource_id)
    if (owed === undefined || past_due_ends_at === null) return undefined
    const then = past_due_action ?? 'on_hold'
    return { ...(await planFactsOf(ctx, subscription)), ...owed, until: past_due_ends_at.toString(), then }
  },
  draw: async (page, about) => {
    const { t, date, dateTime } = page.i18n
    const plan = planName(page, about)
    return {
      subject: t('email.past_due.subject', { plan, date: date(about.until) }),
      blocks: [
        say(t('email.past_due.intro', { plan, amount: amountOf(page, about), date: dateTime(about.until) })),
        say(about.then === 'on_hold' ? t('email.past_due.then_hold') : t('email.past_due.then_cancel')),
        reason(page, about),
        nextTry(page, about),
        owedRows(page, about),
        ...(await payButton(page, about)),
      ],
    }
  },
})

function amountOf({ i18n }: MailPage, { amount, currency }: OwedFacts): string {
  return i18n.money(amount, currency)
}

function owedRows(page: MailPage, about: OverdueFacts) {
  const owed = { label: page.i18n.t('email.label.owed'), value: amountOf(page, about) }
  return facts([planRow(page, about), owed])
}
