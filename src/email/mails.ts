// Every mail by its template's name, as it is written on its row.

import type { Mail } from '#email/mail.ts'
import { addressSignIn } from '#email/templates/access/address-sign-in.ts'
import { emailChanged, emailProof } from '#email/templates/access/email-change.ts'
import { invite } from '#email/templates/access/invite.ts'
import { signIn } from '#email/templates/access/sign-in.ts'
import { delivered } from '#email/templates/licenses/delivered.ts'
import { licenseKeys } from '#email/templates/licenses/license-keys.ts'
import { merchantCancellation } from '#email/templates/merchant/cancellation.ts'
import { merchantDispute } from '#email/templates/merchant/dispute.ts'
import {
  merchantPaymentFailed,
  merchantPaymentSucceeded,
  merchantRefund,
  merchantSubscriptionStarted,
} from '#email/templates/merchant/money.ts'
import { merchantPlanChanged } from '#email/templates/merchant/plan-changed.ts'
import { webhookDisabled } from '#email/templates/merchant/webhook-disabled.ts'
import { paymentFailed, renewalFailed } from '#email/templates/payments/declined.ts'
import { dunning } from '#email/templates/payments/dunning.ts'
import { methodUpdated } from '#email/templates/payments/method-updated.ts'
import { onHold, pastDue } from '#email/templates/payments/overdue.ts'
import { reactivated } from '#email/templates/payments/reactivated.ts'
import { receipt } from '#email/templates/payments/receipt.ts'
import { refunded } from '#email/templates/payments/refunded.ts'
import { planChanged } from '#email/templates/plan-changes/changed.ts'
import { changeFailed } from '#email/templates/plan-changes/failed.ts'
import { changeScheduled } from '#email/templates/plan-changes/scheduled.ts'
import { changeUndone } from '#email/templates/plan-changes/undone.ts'
import { pauseEnding, trialEnding, upcomingRenewal } from '#email/templates/reminders/ahead.ts'
import { cardExpiring } from '#email/templates/reminders/card-expiring.ts'
import { cancellationScheduled, cancellationUndone } from '#email/templates/subscriptions/cancellation.ts'
import { cancelled } from '#email/templates/subscriptions/cancelled.ts'
import { expired } from '#email/templates/subscriptions/expired.ts'
import { paused, resumed } from '#email/templates/subscriptions/paused.ts'

export const mails = {
  'sign-in': signIn,
  'address-sign-in': addressSignIn,
  invite,
  'email-proof': emailProof,
  'email-changed': emailChanged,
  receipt,
  'payment-failed': paymentFailed,
  'renewal-failed': renewalFailed,
  'on-hold': onHold,
  'past-due': pastDue,
  reactivated,
  dunning,
  refunded,
  'method-updated': methodUpdated,
  'upcoming-renewal': upcomingRenewal,
  'trial-ending': trialEnding,
  'pause-ending': pauseEnding,
  'card-expiring': cardExpiring,
  'plan-changed': planChanged,
  'change-scheduled': changeScheduled,
  'change-undone': changeUndone,
  'change-failed': changeFailed,
  cancelled,
  'cancellation-scheduled': cancellationScheduled,
  'cancellation-undone': cancellationUndone,
  paused,
  resumed,
  expired,
  'license-keys': licenseKeys,
  delivered,
  'merchant-plan-changed': merchantPlanChanged,
  'merchant-cancellation': merchantCancellation,
  'merchant-dispute': merchantDispute,
  'merchant-subscription-started': merchantSubscriptionStarted,
  'merchant-payment-succeeded': merchantPaymentSucceeded,
  'merchant-payment-failed': merchantPaymentFailed,
  'merchant-refund': merchantRefund,
  'webhook-disabled': webhookDisabled,
} as const satisfies Record<string, Mail>

export type TemplateName = keyof typeof mails
