// Every kind of background work, on one page. The row is the job: a due time, an index on it, and a verb that is harmless to repeat.

import { answerAddressSignIn } from '#core/addresses/answer-address-sign-in.ts'
import { failOrder } from '#core/checkout/fail-order.ts'
import { businessWork } from '#core/due-work/business-work.ts'
import { forgetAtProcessors } from '#core/erasure/forget-at-processors.ts'
import { dispatchEvent, type Event } from '#core/events/dispatch-event.ts'
import { removeFile } from '#core/files/remove-file.ts'
import { forgetMethod } from '#core/payment-methods/forget-method.ts'
import { reconcileSetup } from '#core/payment-methods/settle-method.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { readProcessorEvent } from '#core/processor-events/read-processor-event.ts'
import { collectRefund } from '#core/refunds/settle-refund.ts'
import { planReminders } from '#core/reminders/plan-reminders.ts'
import { prune } from '#core/retention/prune.ts'
import { answerSignInRequest } from '#core/sessions/answer-sign-in-request.ts'
import { queueDeliveries } from '#core/webhooks/queue-deliveries.ts'
import { react } from '#email/reactions.ts'
import { type Mailer, sendEmail } from '#email/send-email.ts'
import type { BusinessCtx, Ctx } from '#src/context.ts'
import type { Claimable } from '#worker/claim.ts'
import { deliverTo } from '#worker/webhooks/deliver.ts'

export type Job = BusinessJob | UnownedJob

export interface BusinessJob extends Claimable {
  name: string
  unowned?: undefined
  /** Work that waits for others' machines: this many rows at once, none waiting for another to be done. */
  lanes?: number
  /** `stopping` says that the server ends, to work that may be broken off. */
  run(ctx: BusinessCtx, key: Record<string, string>, stopping?: AbortSignal): Promise<unknown>
}

/** Work on rows that belong to no business. */
export interface UnownedJob extends Claimable {
  name: string
  unowned: true
  lanes?: undefined
  run(ctx: Ctx, key: Record<string, string>): Promise<unknown>
}

export function jobsOf(mailer: Mailer): Job[] {
  return [...billing, ...reconciling, ...sending(mailer), ...unowned]
}

const billing: Job[] = [
  ...businessWork.map((work): Job => ({ ...work, clock: 'business' })),
  {
    name: 'give refunds',
    table: 'refunds',
    key: ['refund_id'],
    due: 'next_check_at',
    clock: 'wall',
    run: (ctx, { refund_id = '' }) => collectRefund(ctx, refund_id),
  },
]

const reconciling: Job[] = [
  {
    name: 'reconcile payments',
    table: 'payments',
    key: ['payment_id'],
    due: 'next_check_at',
    clock: 'wall',
    run: (ctx, { payment_id = '' }) => reconcilePayment(ctx, payment_id),
  },
  {
    name: 'reconcile method set-ups',
    table: 'method_setups',
    key: ['setup_id'],
    due: 'next_check_at',
    clock: 'wall',
    run: (ctx, { setup_id = '' }) => reconcileSetup(ctx, setup_id),
  },
  {
    name: 'fail orders that nobody paid for in time',
    table: 'checkout_sessions',
    key: ['checkout_id'],
    due: 'fails_at',
    clock: 'wall',
    run: (ctx, { checkout_id = '' }) => failOrder(ctx, checkout_id),
  },
  {
    name: 'have processors forget erased customers',
    table: 'customers',
    key: ['customer_id'],
    due: 'forget_at_processors_at',
    clock: 'wall',
    run: (ctx, { customer_id = '' }) => forgetAtProcessors(ctx, customer_id),
  },
  {
    name: 'forget methods at the processor',
    table: 'method_removals',
    key: ['processor', 'processor_reference'],
    due: 'next_attempt_at',
    clock: 'wall',
    run: (ctx, { processor = '', processor_reference = '' }) => forgetMethod(ctx, processor, processor_reference),
  },
  {
    name: 'take files away that nothing delivers',
    table: 'files',
    key: ['file_id'],
    due: 'remove_at',
    clock: 'wall',
    run: (ctx, { file_id = '' }) => removeFile(ctx, file_id),
  },
  {
    name: 'read processor events',
    table: 'processor_events',
    key: ['processor', 'processor_event_id'],
    due: 'next_attempt_at',
    clock: 'wall',
    run: (ctx, { processor = '', processor_event_id = '' }) =>
      readProcessorEvent(ctx, { processor, processor_event_id }),
  },
]

const sending = (mailer: Mailer): Job[] => [
  {
    name: 'answer sign-in requests',
    table: 'sign_in_requests',
    key: ['request_id'],
    due: 'created_at',
    clock: 'wall',
    where: 'answered_at is null',
    run: (ctx, { request_id = '' }) => answerSignInRequest(ctx, request_id),
  },
  {
    name: 'fan out events',
    table: 'events',
    key: ['event_id'],
    due: 'recorded_at',
    clock: 'wall',
    where: 'dispatched_at is null',
    together: 100,
    run: (ctx, { event_id = '' }) => dispatchEvent(ctx, event_id, readers),
  },
  {
    name: 'send e-mails',
    table: 'emails',
    key: ['email_id'],
    due: 'next_attempt_at',
    clock: 'wall',
    // A receipt waits for its PDF and a mail server for nobody: a sign-in must not stand behind them.
    lanes: 8,
    run: (ctx, { email_id = '' }) => sendEmail(ctx, email_id, mailer),
  },
  {
    name: 'deliver webhooks',
    table: 'webhook_endpoints',
    key: ['webhook_id'],
    due: 'next_attempt_at',
    clock: 'wall',
    lanes: 64,
    per_business: 8,
    run: (ctx, { webhook_id = '' }, stopping) => deliverTo(ctx, webhook_id, stopping),
  },
]

const unowned: Job[] = [
  {
    name: 'answer sign-ins by address',
    table: 'address_sign_ins',
    key: ['sign_in_id'],
    due: 'created_at',
    clock: 'wall',
    where: 'answered_at is null',
    unowned: true,
    run: (ctx, { sign_in_id = '' }) => answerAddressSignIn(ctx, sign_in_id),
  },
  {
    name: 'delete what nobody needs any more',
    table: 'chores',
    key: ['chore'],
    due: 'due_at',
    clock: 'wall',
    unowned: true,
    run: (ctx) => prune(ctx),
  },
]

/** Who reads the outbox. */
async function readers(ctx: BusinessCtx, event: Event): Promise<boolean> {
  const mailed = await react(ctx, event)
  const planned = await planReminders(ctx, event)
  const queued = await queueDeliveries(ctx, event)
  return mailed || planned || queued
}
