// What lies two days ahead: a renewal, the end of a trial, the end of a pause.
import type { Event } from '#core/events/dispatch-event.ts'
import { describeMethod } from '#core/invoices/describe-method.ts'
import { getPaymentMethod } from '#core/payment-methods/queries.ts'
import { getSubscription, type SubscriptionWhole } from '#core/subscriptions/queries.ts'
import { button, facts, say } from '#email/letter.ts'
import { type MailPage, mail } from '#email/mail.ts'
import {
  nextPaymentRow,
  type PlanFacts,
  planFactsOf,
  planName,
  planRow,
  subscriptionButton,
} from '#email/plan-facts.ts'
import type { BusinessCtx } from '#src/context.ts'

type AheadFacts = PlanFacts & { at: string; payment_method_id: string | null }

/** Undefined where it has changed since: another date, another state, or past already. */
async function gatherAhead(
  ctx: BusinessCtx,
  { resource_id, data }: Event,
  dateOf: (subscription: SubscriptionWhole) => Temporal.Instant | null,
): Promise<AheadFacts | undefined> {
  const subscription = await getSubscription(ctx, resource_id)
  const at = dateOf(subscription)
  const holds = at !== null && at.toString() === data.at && Temporal.Instant.compare(at, ctx.clock.now()) > 0
  if (!holds) return undefined
  const { payment_method_id } = subscription
  return { ...(await planFactsOf(ctx, subscription)), at: at.toString(), payment_method_id }
}

/** As it will be renewed. */
function renewalOf({ status, cancel_at_next_billing_date, next_billing_date }: SubscriptionWhole) {
  return status === 'active' && !cancel_at_next_billing_date ? next_billing_date : null
}

export const upcomingRenewal = mail<AheadFacts>({
  kind: 'upcoming_renewal',
  gather: (ctx, event) => gatherAhead(ctx, event, renewalOf),
  draw: async (page, about) => {
    const { t } = page.i18n
    return {
      subject: t('email.upcoming_renewal.subject', valuesOf(page, about)),
      blocks: [say(t('email.upcoming_renewal.intro', valuesOf(page, about))), ...(await whatComes(page, about))],
    }
  },
})

export const trialEnding = mail<AheadFacts>({
  kind: 'trial_ending',
  gather: (ctx, event) => gatherAhead(ctx, event, renewalOf),
  draw: async (page, about) => {
    const { t } = page.i18n
    return {
      subject: t('email.trial_ending.subject', valuesOf(page, about)),
      blocks: [say(t('email.trial_ending.intro', valuesOf(page, about))), ...(await whatComes(page, about))],
    }
  },
})

export const pauseEnding = mail<AheadFacts>({
  kind: 'pause_ending',
  gather: (ctx, event) =>
    gatherAhead(ctx, event, ({ status, resumes_at }) => (status === 'paused' ? resumes_at : null)),
  draw: (page, about) => {
    const { t } = page.i18n
    return {
      subject: t('email.pause_ending.subject', valuesOf(page, about)),
      blocks: [
        say(t('email.pause_ending.intro', valuesOf(page, about))),
        facts([planRow(page, about)]),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})

function valuesOf(page: MailPage, about: AheadFacts) {
  return { plan: planName(page, about), date: page.i18n.date(about.at) }
}

function methodButton({ ctx, i18n }: MailPage, { subscription_id }: AheadFacts) {
  const { business_id } = ctx.business
  return button(i18n.t('email.add_method'), ctx.urls.portal.subscriptionPaymentMethod(business_id, subscription_id))
}

async function whatComes(page: MailPage, about: AheadFacts) {
  const { ctx, i18n } = page
  const { payment_method_id } = about
  const method = payment_method_id === null ? '' : describeMethod(await getPaymentMethod(ctx, payment_method_id))
  const missing = payment_method_id === null && (about.next_amount > 0 || about.plus_usage)
  return [
    facts([
      planRow(page, about),
      nextPaymentRow(page, about),
      method === '' ? undefined : { label: i18n.t('email.label.method'), value: method },
    ]),
    ...(missing ? [say(i18n.t('email.ahead.no_method')), methodButton(page, about)] : []),
    say(i18n.t('email.ahead.until_then')),
    ...(missing ? [] : [subscriptionButton(page, about.subscription_id)]),
  ]
}
