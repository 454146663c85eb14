// Every kind of mail there is: to whom, and whether it is sent where the merchant says nothing. The one list; switches are rows.

export type MailCategory = 'auth' | 'payments' | 'refunds' | 'subscriptions' | 'dunning_recovery' | 'entitlements'

interface Kind {
  to: 'customer' | 'merchant'
  /** The group it stands in where sent mails are looked up. */
  category: MailCategory
  /** `always`: it carries access and cannot be switched off. */
  sent: 'always' | 'on' | 'off'
}

const customer = (category: MailCategory, sent: Kind['sent']): Kind => ({ to: 'customer', category, sent })
const merchant = (category: MailCategory, sent: Kind['sent']): Kind => ({ to: 'merchant', category, sent })

export const mailKinds = {
  sign_in: customer('auth', 'always'),
  invite: customer('auth', 'always'),
  /** To the new address and to the old one. */
  email_change: customer('auth', 'always'),
  payment_succeeded: customer('payments', 'on'),
  payment_failed: customer('payments', 'off'),
  renewal_failed: customer('payments', 'off'),
  subscription_on_hold: customer('subscriptions', 'on'),
  subscription_past_due: customer('subscriptions', 'on'),
  subscription_reactivated: customer('subscriptions', 'on'),
  /** Sent as often as the settings `dunning_*` say. */
  dunning: customer('dunning_recovery', 'on'),
  refund_succeeded: customer('refunds', 'on'),
  upcoming_renewal: customer('subscriptions', 'off'),
  trial_ending: customer('subscriptions', 'on'),
  card_expiring: customer('payments', 'on'),
  payment_method_updated: customer('payments', 'on'),
  plan_changed: customer('subscriptions', 'on'),
  plan_change_scheduled: customer('subscriptions', 'on'),
  plan_change_undone: customer('subscriptions', 'on'),
  plan_change_failed: customer('subscriptions', 'off'),
  subscription_cancelled: customer('subscriptions', 'on'),
  cancellation_scheduled: customer('subscriptions', 'on'),
  cancellation_undone: customer('subscriptions', 'on'),
  subscription_paused: customer('subscriptions', 'on'),
  subscription_resumed: customer('subscriptions', 'on'),
  pause_ending: customer('subscriptions', 'on'),
  subscription_expired: customer('subscriptions', 'on'),
  license_key_created: customer('entitlements', 'on'),
  entitlement_delivered: customer('entitlements', 'on'),
  merchant_plan_changed: merchant('subscriptions', 'on'),
  merchant_cancellation: merchant('subscriptions', 'on'),
  merchant_dispute: merchant('payments', 'on'),
  merchant_webhook_disabled: merchant('subscriptions', 'on'),
  merchant_subscription_started: merchant('subscriptions', 'off'),
  merchant_payment_succeeded: merchant('payments', 'off'),
  merchant_payment_failed: merchant('payments', 'off'),
  merchant_refund: merchant('refunds', 'off'),
} as const satisfies Record<string, Kind>

export type MailKind = keyof typeof mailKinds

export const mailKindNames = Object.keys(mailKinds) as MailKind[]

/** Mails that carry access are shown to nobody but their reader. */
export function mayBeShown(kind: MailKind): boolean {
  return mailKinds[kind].sent !== 'always'
}

export function isMailKind(name: string): name is MailKind {
  return Object.hasOwn(mailKinds, name)
}

/** Whether a kind is sent, as the merchant switched it or as it comes. */
export function isSent(kind: MailKind, switched: boolean | undefined): boolean {
  const { sent } = mailKinds[kind]
  return sent === 'always' || (switched ?? sent === 'on')
}
