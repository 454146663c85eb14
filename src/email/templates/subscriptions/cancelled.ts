import { type Block, facts, say } from '#email/letter.ts'
import { type MailPage, mail } from '#email/mail.ts'
import { gatherPlan, type PlanFacts, planName, planRow, subscriptionButton } from '#email/plan-facts.ts'

type CancelledFacts = PlanFacts & {
  at: string
  /** asked, scheduled, unpaid */
  because: string
  to_method: number
  to_wallet: number
}

/** It has ended: just now, as was scheduled, or because nobody paid. */
export const cancelled = mail<CancelledFacts>({
  kind: 'subscription_cancelled',
  gather: async (ctx, { resource_id, data }) => ({
    ...(await gatherPlan(ctx, resource_id)),
    at: String(data.at),
    because: String(data.because),
    to_method: Number(data.to_method),
    to_wallet: Number(data.to_wallet),
  }),
  draw: (page, about) => {
    const { t, date } = page.i18n
    const plan = planName(page, about)
    const { because } = about
    const ended = { label: t('email.label.ended'), value: date(about.at) }
    return {
      subject: t('email.cancelled.subject', { plan, because }),
      blocks: [
        say(t('email.cancelled.intro', { plan, date: date(about.at), because })),
        ...givenBack(page, about),
        facts([planRow(page, about), ended]),
        say(t('email.cancelled.again')),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})

function givenBack({ i18n }: MailPage, { to_method, to_wallet, currency }: CancelledFacts): Block[] {
  const { t, money } = i18n
  return [
    ...(to_method === 0 ? [] : [say(t('portal.cancel.refunded', { amount: money(to_method, currency) }))]),
    ...(to_wallet === 0 ? [] : [say(t('portal.cancel.to_wallet', { amount: money(to_wallet, currency) }))]),
  ]
}
