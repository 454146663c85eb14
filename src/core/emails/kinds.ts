// Every kind of mail there is: to whom, and whether it is sent where the merchant says nothing. The one list; switches are rows.

interface Kind {
  to: 'customer' | 'merchant'
  /** `always`: it carries access and cannot be switched off. */
  sent: 'always' | 'on' | 'off'
}

const customer = (sent: Kind['sent']): Kind => ({ to: 'customer', sent })
const merchant = (sent: Kind['sent']): Kind => ({ to: 'merchant', sent })

export const mailKinds = {
  sign_in: customer('always'),
  invite: customer('always'),
  /** To the new address and to the old one. */
  email_change: customer('always'),
  payment_succeeded: customer('on'),
  payment_failed: customer('off'),
  renewal_failed: customer('off'),
  subscription_on_hold: customer('on'),
  subscription_past_due: customer('on'),
  subscription_reactivated: customer('on'),
  /** Sent as often as the settings `dunning_*` say. */
  dunning: customer('on'),
  refund_succeeded: customer('on'),
  upcoming_renewal: customer('off'),
  trial_ending: customer('on'),
  card_expiring: customer('on'),
  payment_method_updated: customer('on'),
  plan_changed: customer('on'),
  plan_change_scheduled: customer('on'),
  plan_change_undone: customer('on'),
  plan_change_failed: customer('off'),
  subscription_cancelled: customer('on'),
  cancellation_scheduled: customer('on'),
  cancellation_undone: customer('on'),
  subscription_paused: customer('on'),
  subscription_resumed: customer('on'),
  pause_ending: customer('on'),
  subscription_expired: customer('on'),
  license_key_created: customer('on'),
  entitlement_delivered: customer('on'),
  merchant_plan_changed: merchant('on'),
  merchant_cancellation: merchant('on'),
  merchant_dispute: merchant('on'),
  merchant_webhook_disabled: merchant('on'),
  merchant_subscription_started: merchant('off'),
  merchant_payment_succeeded: merchant('off'),
  merchant_payment_failed: merchant('off'),
  merchant_refund: merchant('off'),
} as const satisfies Record<string, Kind>

export type MailKind = keyof typeof mailKinds

export const mailKindNames = Object.keys(mailKinds) as MailKind[]

export function isMailKind(name: string): name is MailKind {
  return Object.hasOwn(mailKinds, name)
}

/** Whether a kind is sent, as the merchant switched it or as it comes. */
export function isSent(kind: MailKind, switched: boolean | undefined): boolean {
  const { sent } = mailKinds[kind]
  return sent === 'always' || (switched ?? sent === 'on')
}
