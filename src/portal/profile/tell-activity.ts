// From audit rows to what a customer reads of them: what happened to what, and by whom.
import type { Activity } from '#core/audit/list-activity.ts'
import type { NamedThings } from '#core/audit/name-things.ts'
import type { MessageValues } from '#i18n/message.ts'
import type { MessageKey, Translator } from '#i18n/translator.ts'
import type { ActivityRow } from '#portal/profile/activity-list.tsx'
import { describeUserAgent } from '#portal/sessions/user-agent.ts'
import { paymentMethodName } from '#ui/components/payment-method.tsx'

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
  'subscription.cancellation_explained': 'portal.activity.cancellation_explained',
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

/** These happen: that somebody did them would be no more than how they came about. */
const happens = new Set([
  'customer.created',
  'entitlement_grant.fulfilled',
  'license_key.activated',
  'license_key.expired',
  'payment.failed',
  'payment.succeeded',
  'subscription.active',
  'subscription.expired',
  'subscription.on_hold',
  'subscription.past_due',
  'subscription.plan_change_failed',
  'subscription.reactivated',
])

/** What is not known here is left out: it is about the house, not about the customer. */
export function tellActivity(i18n: Translator, entries: readonly Activity[], things: NamedThings): ActivityRow[] {
  return entries.flatMap((entry) => {
    const { action, actor_type, occurred_at } = entry
    const what = toldActions[action]
    if (what === undefined) return []
    return { occurred_at, what: i18n.t(what, valuesOf(i18n, entry, things)), who: whoOf(action, actor_type) }
  })
}

/** For every message the same: each says what it needs of them. */
function valuesOf(i18n: Translator, { resource_id, details }: Activity, things: NamedThings): MessageValues {
  const nameOf = (id: unknown) => (typeof id === 'string' ? nameOfThing(i18n, id, things) : null)
  const subject = nameOf(resource_id)
  const other = nameOf(details.product_id ?? details.payment_method_id)
  const amount = Number(details.total_amount ?? details.amount ?? 0)
  return {
    subject: subject ?? '',
    known: subject === null ? 'no' : 'yes',
    other: other ?? '',
    other_known: other === null ? 'no' : 'yes',
    device: String(details.name ?? ''),
    amount: typeof details.currency === 'string' ? i18n.money(Math.abs(amount), details.currency) : '',
    sign: amount < 0 ? 'less' : 'more',
  }
}

function nameOfThing(i18n: Translator, id: string, { names, methods, user_agents }: NamedThings): string | null {
  const method = methods.get(id)
  if (method !== undefined) return paymentMethodName(i18n, method)
  const browser = describeUserAgent(user_agents.get(id) ?? null)
  if (browser !== null) return i18n.t('portal.sessions.browser_on', { ...browser })
  return names.get(id) ?? null
}

/** That nobody did it is worth a word where somebody might have. */
function whoOf(action: string, actor_type: string): ActivityRow['who'] {
  if (happens.has(action)) return null
  if (actor_type === 'customer') return 'you'
  if (actor_type === 'api_key' || actor_type === 'operator') return 'business'
  return action.startsWith('subscription.') ? 'automatic' : null
}
