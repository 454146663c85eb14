// The outbox. An event is written in the transaction of what happened, or not at all; mails and webhooks read it later.

import { writer } from '#core/together/rows.ts'
import { together } from '#core/together/together.ts'
import type { Facts } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** As the API names them. */
export type MerchantEventType =
  | 'payment.succeeded'
  | 'payment.failed'
  | 'payment.processing'
  | 'payment.cancelled'
  | 'refund.succeeded'
  | 'refund.failed'
  | 'dispute.opened'
  | 'dispute.expired'
  | 'dispute.accepted'
  | 'dispute.cancelled'
  | 'dispute.challenged'
  | 'dispute.won'
  | 'dispute.lost'
  | 'subscription.active'
  | 'subscription.renewed'
  | 'subscription.on_hold'
  | 'subscription.past_due'
  | 'subscription.paused'
  | 'subscription.unpaused'
  | 'subscription.cancelled'
  | 'subscription.failed'
  | 'subscription.expired'
  | 'subscription.plan_changed'
  | 'subscription.updated'
  | 'subscription.update_payment_method'
  | 'license_key.created'
  | 'entitlement_grant.created'
  | 'entitlement_grant.delivered'
  | 'entitlement_grant.failed'
  | 'entitlement_grant.revoked'
  | 'dunning.started'
  | 'dunning.recovered'
  | 'abandoned_checkout.detected'
  | 'abandoned_checkout.recovered'
  | 'credit.added'
  | 'credit.deducted'
  | 'credit.expired'
  | 'credit.rolled_over'
  | 'credit.rollover_forfeited'
  | 'credit.overage_charged'
  | 'credit.overage_reset'
  | 'credit.manual_adjustment'
  | 'credit.balance_low'

/** Never leave the house by webhook: they lead to mails. */
export type InternalEventType =
  | 'access_link.requested'
  | 'access_link.invited'
  | 'address_link.requested'
  | 'customer.email_change_requested'
  | 'customer.email_changed'
  | 'dunning.step'
  | 'reminder.upcoming_renewal'
  | 'reminder.trial_ending'
  | 'reminder.pause_ending'
  | 'reminder.card_expiring'
  | 'webhook.disabled'
  | 'customer.erased'

export interface NewEvent {
  type: MerchantEventType | InternalEventType
  resource_id: string
  customer_id: string | null
  /** What will not be so for ever: ids, figures and dates. */
  data?: Facts
}

const INTERNAL = new Set<string>([
  'access_link.requested',
  'access_link.invited',
  'address_link.requested',
  'customer.email_change_requested',
  'customer.email_changed',
  'dunning.step',
  'reminder.upcoming_renewal',
  'reminder.trial_ending',
  'reminder.pause_ending',
  'reminder.card_expiring',
  'webhook.disabled',
  'customer.erased',
] satisfies InternalEventType[])

export async function recordEvent(ctx: BusinessCtx, event: NewEvent): Promise<void> {
  const wall = ctx.wall.now()
  await together(ctx, insertEvents, {
    event_id: newId('event', wall.epochMilliseconds),
    type: event.type,
    audience: INTERNAL.has(event.type) ? 'internal' : 'merchant',
    resource_id: event.resource_id,
    customer_id: event.customer_id,
    data: event.data ?? {},
    occurred_at: ctx.clock.now(),
    recorded_at: wall,
  })
}

const insertEvents = writer('events')
