// From audit rows to what a customer reads of them.
import type { Activity } from '#core/audit/list-activity.ts'
import type { MessageKey } from '#i18n/translator.ts'
import type { ActivityRow } from '#portal/profile/activity-list.tsx'

/** What is told, by its action. */
export const toldActions: Readonly<Record<string, MessageKey>> = {
  'access_link.created': 'portal.activity.link_made',
  'credits.adjusted': 'portal.activity.credits_adjusted',
  'customer.billing_details_set': 'portal.activity.billing_details',
  'customer.created': 'portal.activity.customer_created',
  'customer.data_exported': 'portal.activity.data_exported',
  'customer.email_change_requested': 'portal.activity.email_requested',
  'customer.email_changed': 'portal.activity.email_changed',
  'entitlement_grant.fulfilled': 'portal.activity.access_given',
  'entitlement_grant.revoked': 'portal.activity.access_ended',
  'invoice.corrected': 'portal.activity.invoice_corrected',
  'license_key.activated': 'portal.activity.device_added',
  'license_key.all_deactivated': 'portal.activity.devices_removed',
  'license_key.deactivated': 'portal.activity.device_removed',
  'license_key.expired': 'portal.activity.key_expired',
  'license_key.imported': 'portal.activity.key_added',
  'license_key.updated': 'portal.activity.key_changed',
  'payment_method.added': 'portal.activity.method_added',
  'payment_method.made_default': 'portal.activity.method_default',
  'payment_method.removed': 'portal.activity.method_removed',
  'payment.failed': 'portal.activity.payment_failed',
  'payment.succeeded': 'portal.activity.payment_made',
  'refund.requested': 'portal.activity.refund',
  'session.ended': 'portal.activity.signed_out',
  'session.opened': 'portal.activity.signed_in',
  'session.revoked': 'portal.activity.session_ended',
  'subscription.active': 'portal.activity.started',
  'subscription.cancellation_revoked': 'portal.activity.cancellation_undone',
  'subscription.cancellation_scheduled': 'portal.activity.cancellation_set',
  'subscription.cancelled': 'portal.activity.cancelled',
  'subscription.expired': 'portal.activity.expired',
  'subscription.on_hold': 'portal.activity.on_hold',
  'subscription.past_due': 'portal.activity.past_due',
  'subscription.paused': 'portal.activity.paused',
  'subscription.payment_method_updated': 'portal.activity.method_changed',
  'subscription.plan_change_failed': 'portal.activity.change_unpaid',
  'subscription.plan_change_scheduled': 'portal.activity.change_set',
  'subscription.plan_change_undone': 'portal.activity.change_undone',
  'subscription.plan_changed': 'portal.activity.plan_changed',
  'subscription.reactivated': 'portal.activity.reactivated',
  'subscription.resumed': 'portal.activity.resumed',
  'subscription.scheduled_change_cancelled': 'portal.activity.change_dropped',
  'subscription.updated': 'portal.activity.updated',
  'wallet.adjusted': 'portal.activity.wallet',
  'wallet.deposited': 'portal.activity.wallet',
}

/** What is not known here is left out: it is about the house, not about the customer. `names` of subscriptions by their id. */
export function tellActivity(entries: readonly Activity[], names: ReadonlyMap<string, string>): ActivityRow[] {
  return entries.flatMap(({ action, actor_type, occurred_at, resource_id }) => {
    const what = toldActions[action]
    if (what === undefined) return []
    return { occurred_at, what, who: whoOf(actor_type), subject: names.get(resource_id) ?? null }
  })
}

function whoOf(actor_type: string): ActivityRow['who'] {
  if (actor_type === 'customer') return 'you'
  return actor_type === 'api_key' || actor_type === 'operator' ? 'business' : 'automatic'
}
