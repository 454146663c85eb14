// Reminders, step by step: each state has its own words, and the last step says that it is the last.
import { getDunningAttempt } from '#core/dunning/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { type Block, button, facts, say, whisper } from '#email/letter.ts'
import { type MailPage, mail } from '#email/mail.ts'
import { gatherOwed, payButton, reason } from '#email/owed-facts.ts'
import { type PlanFacts, planFactsOf, planName, planRow, subscriptionUrl } from '#email/plan-facts.ts'

type DunningFacts = PlanFacts & {
  /** Of the subscription, which may have come from grace to the hold since the first step. */
  state: string
  step: number
  amount: number
  code: string | null
  until: string | null
}

export const dunning = mail<DunningFacts>({
  kind: 'dunning',
  gather: async (ctx, { resource_id, data }) => {
    const { status, subscription_id, steps_taken } = await getDunningAttempt(ctx, resource_id)
    // Over, or a later step has been taken before anybody was told of this one.
    if (status !== 'recovering' || steps_taken > Number(data.step)) return undefined
    const subscription = await getSubscription(ctx, subscription_id)
    const owed = await gatherOwed(ctx, subscription_id)
    const gone = subscription.status === 'cancelled'
    if (!gone && owed === undefined) return undefined
    return {
      ...(await planFactsOf(ctx, subscription)),
      state: subscription.status,
      step: Number(data.step),
      amount: owed?.amount ?? 0,
      code: owed?.code ?? null,
      until: subscription.past_due_ends_at?.toString() ?? null,
    }
  },
  draw: (page, about) => {
    if (about.state === 'cancelled') return comeBack(page, about)
    return about.state === 'past_due' ? payInGrace(page, about) : payOnHold(page, about)
  },
})

function valuesOf(page: MailPage, about: DunningFacts) {
  const { i18n } = page
  const amount = i18n.money(about.amount, about.currency)
  return {
    step: about.step,
    plan: planName(page, about),
    amount,
    date: about.until === null ? '' : i18n.date(about.until),
  }
}

async function payOnHold(page: MailPage, about: DunningFacts) {
  const { t } = page.i18n
  const { step, plan, amount } = valuesOf(page, about)
  return {
    subject: t('email.dunning.on_hold.subject', { step, plan }),
    blocks: [say(t('email.dunning.on_hold.intro', { step, plan, amount })), ...(await howToPay(page, about))],
  }
}

async function payInGrace(page: MailPage, about: DunningFacts) {
  const { t } = page.i18n
  const { step, plan, amount, date } = valuesOf(page, about)
  return {
    subject: t('email.dunning.past_due.subject', { step, plan, amount }),
    blocks: [say(t('email.dunning.past_due.intro', { step, plan, amount, date })), ...(await howToPay(page, about))],
  }
}

async function howToPay(page: MailPage, about: DunningFacts): Promise<Block[]> {
  const owed = { label: page.i18n.t('email.label.owed'), value: valuesOf(page, about).amount }
  return [reason(page, about), facts([planRow(page, about), owed]), ...(await payButton(page, about))]
}

function comeBack(page: MailPage, about: DunningFacts) {
  const { t } = page.i18n
  const { step, plan } = valuesOf(page, about)
  return {
    subject: t('email.dunning.cancelled.subject', { step, plan }),
    blocks: [
      say(t('email.dunning.cancelled.intro', { step, plan })),
      facts([planRow(page, about)]),
      button(t('email.dunning.cancelled.open'), subscriptionUrl(page, about.subscription_id)),
      whisper(t('email.dunning.cancelled.note')),
    ],
  }
}
