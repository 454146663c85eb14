// What mails say of a subscription: its plan as it was when the event was read, and what comes next.

import { getSubscription, readNextPayments, type SubscriptionWhole } from '#core/subscriptions/queries.ts'
import { type Block, button, type Fact } from '#email/letter.ts'
import type { MailPage } from '#email/mail.ts'
import type { BusinessCtx } from '#src/context.ts'

export type PlanFacts = {
  subscription_id: string
  plan: string
  quantity: number
  currency: string
  /** RFC 3339; null where nothing is renewed, or it is being renewed now. */
  next_at: string | null
  /** Minor units. */
  next_amount: number
  /** What will be used comes on top. */
  plus_usage: boolean
}

export async function gatherPlan(ctx: BusinessCtx, subscription_id: string): Promise<PlanFacts> {
  return planFactsOf(ctx, await getSubscription(ctx, subscription_id))
}

export async function planFactsOf(ctx: BusinessCtx, subscription: SubscriptionWhole): Promise<PlanFacts> {
  const { subscription_id, product_name: plan, quantity, currency } = subscription
  const runs = subscription.status === 'active'
  const next = runs ? (await readNextPayments(ctx, [subscription])).get(subscription_id) : undefined
  const ahead = next !== undefined && Temporal.Instant.compare(next.at, ctx.clock.now()) > 0 ? next : undefined
  return {
    subscription_id,
    plan,
    quantity,
    currency,
    next_at: ahead?.at.toString() ?? null,
    next_amount: ahead?.amount ?? 0,
    plus_usage: ahead?.plus_usage ?? false,
  }
}

/** "Studio Pro", "Studio Pro × 3" */
export function planName(
  { i18n }: Pick<MailPage, 'i18n'>,
  { plan, quantity }: { plan: string; quantity: number },
): string {
  return quantity === 1 ? plan : i18n.t('email.plan_times', { plan, quantity: i18n.number(quantity) })
}

export function planRow(page: MailPage, facts: PlanFacts): Fact {
  return { label: page.i18n.t('email.label.plan'), value: planName(page, facts) }
}

/** "$30.00 on January 31, 2027" */
export function nextPaymentRow({ i18n }: MailPage, facts: PlanFacts): Fact | undefined {
  const { next_at, next_amount, currency, plus_usage } = facts
  if (next_at === null) return undefined
  const values = { amount: i18n.money(next_amount, currency), date: i18n.date(next_at) }
  const value = plus_usage ? i18n.t('email.amount_on_date_plus_usage', values) : i18n.t('email.amount_on_date', values)
  return { label: i18n.t('email.label.next_payment'), value }
}

export function subscriptionUrl({ ctx }: MailPage, subscription_id: string): string {
  return ctx.urls.portal.subscription(ctx.business.business_id, subscription_id)
}

export function subscriptionButton(page: MailPage, subscription_id: string): Block {
  return button(page.i18n.t('email.see_subscription'), subscriptionUrl(page, subscription_id))
}
