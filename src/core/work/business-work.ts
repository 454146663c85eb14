// Every kind of work that is due at a time of the business: the worker does it as time comes, the test clock as it moves.
import { expirePlanChange } from '#core/subscriptions/expire-plan-change.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { resumeDue } from '#core/subscriptions/resume-subscription.ts'
import type { BusinessCtx, Claim } from '#src/context.ts'

export interface BusinessWork {
  name: string
  table: Claim['table']
  /** Primary key columns besides business_id. */
  key: readonly string[]
  /** The column that says when the row is due, in the business's time; null where nothing is. */
  due: string
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
    run: (ctx, { subscription_id = '' }) => renewSubscription(ctx, subscription_id),
  },
]
