// What there is to be reminded of, as things are now.

import { sql } from 'kysely'
import { cardEndsAt, remindAt, remindOfCardAt } from '#billing/reminder.ts'
import { from } from '#core/scope.ts'
import type { ReminderKind } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PlannedReminder {
  kind: ReminderKind
  subject: { subscription_id: string } | { payment_method_id: string }
  due_at: Temporal.Instant
  /** What happens then. */
  at: Temporal.Instant
  /** Names the period, trial, pause or month: each is reminded of once. */
  about: string
  customer_id: string
}

/** Of a subscription: at most one, for it either renews, or is tried, or rests. Nothing for one that will not go on. */
export async function planOfSubscription(
  ctx: BusinessCtx,
  subscription_id: string,
): Promise<PlannedReminder | undefined> {
  const subscription = await from(ctx, 'subscriptions')
    .selectAll()
    .select(
      sql<boolean>`exists (select from subscription_periods t where t.business_id = subscriptions.business_id
        and t.subscription_id = subscriptions.subscription_id and t.period_start = subscriptions.previous_billing_date
        and t.kind = 'trial')`.as('in_trial'),
    )
    .where('subscription_id', '=', subscription_id)
    .executeTakeFirst()
  if (subscription === undefined) return undefined
  const { status, next_billing_date, previous_billing_date, paused_at, resumes_at, customer_id } = subscription
  const plan = (kind: ReminderKind, start: Temporal.Instant, at: Temporal.Instant) => {
    const due_at = remindAt(start, at)
    return due_at && { kind, subject: { subscription_id }, due_at, at, about: start.toString(), customer_id }
  }
  if (status === 'paused' && paused_at !== null && resumes_at !== null)
    return plan('pause_ending', paused_at, resumes_at)
  if (status !== 'active' || subscription.cancel_at_next_billing_date) return undefined
  if (next_billing_date === null || previous_billing_date === null) return undefined
  const { expires_at } = subscription
  if (expires_at !== null && Temporal.Instant.compare(expires_at, next_billing_date) <= 0) return undefined
  return plan(subscription.in_trial ? 'trial_ending' : 'upcoming_renewal', previous_billing_date, next_billing_date)
}

/** Of a card that a running subscription is paid with. */
export async function planOfCard(ctx: BusinessCtx, payment_method_id: string): Promise<PlannedReminder | undefined> {
  const card = await from(ctx, 'payment_methods')
    .select(['customer_id', 'expiry_year', 'expiry_month'])
    .where('payment_method_id', '=', payment_method_id)
    .where('removed_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('subscriptions')
          .select('subscription_id')
          .whereRef('subscriptions.business_id', '=', 'payment_methods.business_id')
          .whereRef('subscriptions.payment_method_id', '=', 'payment_methods.payment_method_id')
          .where('status', 'in', ['active', 'past_due', 'on_hold', 'paused'])
          .where('cancel_at_next_billing_date', '=', false),
      ),
    )
    .executeTakeFirst()
  if (card === undefined || card.expiry_year === null || card.expiry_month === null) return undefined
  const expiry = { year: card.expiry_year, month: card.expiry_month }
  return {
    kind: 'card_expiring',
    subject: { payment_method_id },
    due_at: remindOfCardAt(expiry),
    at: cardEndsAt(expiry),
    about: `${expiry.year}-${String(expiry.month).padStart(2, '0')}`,
    customer_id: card.customer_id,
  }
}
