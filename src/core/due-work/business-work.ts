// Every kind of work that is due at a time of the business: the worker does it as time comes, the test clock as it moves.

import { expireGrant } from '#core/credit-entitlements/expire-grants.ts'
import { takeDunningStep } from '#core/dunning/take-step.ts'
import { purgeInvoices } from '#core/erasure/purge-invoices.ts'
import { expireLicenseKey } from '#core/licenses/expire-license-key.ts'
import { expirePlanChange } from '#core/plan-changes/expire-plan-change.ts'
import { endGrace } from '#core/recovery/end-grace.ts'
import { endUnpaidTerm } from '#core/recovery/end-unpaid-term.ts'
import { retryDues } from '#core/recovery/retry-dues.ts'
import { takeReminder } from '#core/reminders/take-reminder.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { resumeDue } from '#core/subscriptions/resume-subscription.ts'
import { deductUsage } from '#core/usage/deduct-usage.ts'
import type { ReminderKind } from '#db/schema.ts'
import type { BusinessCtx, Claim } from '#src/context.ts'

export interface BusinessWork {
  name: string
  table: Claim['table']
  /** Primary key columns besides business_id. */
  key: readonly string[]
  /** The column that says when the row is due, in the business's time; null where nothing is. */
  due: string
  /** Most rows of one business that are worked on together; one by one where it is not said. */
  together?: number
  /** Harmless to repeat, and to call before its time. */
  run(ctx: BusinessCtx, key: Record<string, string>): Promise<unknown>
}

/** Where several are due at one instant, they are done in this order. */
export const businessWork: readonly BusinessWork[] = [
  {
    name: 'drop plan changes that were not paid in time',
    table: 'plan_changes',
    key: ['change_id'],
    due: 'expires_at',
    run: (ctx, { change_id = '' }) => expirePlanChange(ctx, change_id),
  },
  {
    name: 'remind customers of what lies ahead',
    table: 'reminders',
    key: ['kind', 'subject_id'],
    due: 'due_at',
    run: (ctx, { kind = '', subject_id = '' }) => takeReminder(ctx, kind as ReminderKind, subject_id),
  },
  {
    name: 'resume paused subscriptions',
    table: 'subscriptions',
    key: ['subscription_id'],
    due: 'resumes_at',
    run: (ctx, { subscription_id = '' }) => resumeDue(ctx, subscription_id),
  },
  {
    name: 'renew or end subscriptions',
    table: 'subscriptions',
    key: ['subscription_id'],
    due: 'next_attempt_at',
    together: 200,
    run: (ctx, { subscription_id = '' }) => renewSubscription(ctx, subscription_id),
  },
  {
    name: 'end terms that nobody paid for',
    table: 'subscriptions',
    key: ['subscription_id'],
    due: 'unpaid_until',
    run: (ctx, { subscription_id = '' }) => endUnpaidTerm(ctx, subscription_id),
  },
  {
    name: 'retry declined renewals',
    table: 'dues',
    key: ['dues_id'],
    due: 'next_retry_at',
    run: (ctx, { dues_id = '' }) => retryDues(ctx, dues_id),
  },
  {
    name: 'end grace',
    table: 'subscriptions',
    key: ['subscription_id'],
    due: 'past_due_ends_at',
    run: (ctx, { subscription_id = '' }) => endGrace(ctx, subscription_id),
  },
  {
    name: 'take dunning steps',
    table: 'dunning_attempts',
    key: ['dunning_attempt_id'],
    due: 'next_step_at',
    run: (ctx, { dunning_attempt_id = '' }) => takeDunningStep(ctx, dunning_attempt_id),
  },
  {
    name: 'expire license keys',
    table: 'license_keys',
    key: ['license_key_id'],
    due: 'expiry_due_at',
    run: (ctx, { license_key_id = '' }) => expireLicenseKey(ctx, license_key_id),
  },
  {
    name: 'purge invoices of erased customers',
    table: 'customers',
    key: ['customer_id'],
    due: 'purge_invoices_at',
    run: (ctx, { customer_id = '' }) => purgeInvoices(ctx, customer_id),
  },
  {
    name: 'take credits for what was used',
    table: 'usage_deductions',
    key: ['subscription_id', 'meter_id'],
    due: 'due_at',
    run: (ctx, { subscription_id = '' }) => deductUsage(ctx, subscription_id),
  },
  {
    name: 'let credits expire',
    table: 'credit_grants',
    key: ['grant_id'],
    due: 'due_at',
    run: (ctx, { grant_id = '' }) => expireGrant(ctx, grant_id),
  },
]
