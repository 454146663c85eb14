// What may be asked of a subscription in one request. A cancellation, its way back and a moved date exclude one another.

import { z } from '@hono/zod-openapi'
import { subscriptionCreditInput } from '#api/credit-entitlements/credit-input.ts'
import { billingAddressInput } from '#api/input/billing-address.ts'
import { instant } from '#api/input/instant.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { text } from '#api/input/text.ts'
import { AppError } from '#src/errors.ts'
import { timeIntervalSchema } from '#wire/codes.ts'
import { cancellationFeedbackSchema, subscriptionStatusSchema } from '#wire/subscription.ts'

const cancelReason = z.enum([
  'cancelled_by_customer',
  'cancelled_by_merchant',
  'cancelled_by_merchant_send_dunning',
  'cancelled_by_merchant_grace_period_expired',
  'dodo_team',
])

export const updateSubscriptionBody = z
  .object({
    status: subscriptionStatusSchema.nullish().openapi({
      description: 'cancelled ends it now; paused lets it rest and active wakes it, each alone in its request',
    }),
    cancel_at_next_billing_date: z
      .boolean()
      .nullish()
      .openapi({ description: 'true lets it end at the next billing date, false takes that back' }),
    cancel_reason: cancelReason.nullish().openapi({ description: 'With a cancellation: who wanted it' }),
    cancellation_feedback: cancellationFeedbackSchema.nullish().openapi({ description: 'With a cancellation: why' }),
    cancellation_comment: text({ max: 500, lines: true }).nullish().openapi({ description: 'With a cancellation' }),
    next_billing_date: instant()
      .nullish()
      .openapi({ description: 'Moves the next renewal, and all after it; must lie ahead' }),
    billing: billingAddressInput.nullish(),
    customer_business_name: text({ max: 250 })
      .transform((name) => name.trim())
      .nullish()
      .openapi({ description: 'Printed on invoices; needs a tax_id. null clears it' }),
    tax_id: text({ max: 50 }).nullish().openapi({ description: 'null clears it, and the business name with it' }),
    metadata: metadataInput.nullish().openapi({ description: 'Replaces all of it' }),
    pause: z
      .unknown()
      .refine((value) => value == null, 'was removed from the API')
      .optional(),
    customer_name: text({ max: 250 })
      .nullish()
      .openapi({ description: 'Of its customer, whose name it is everywhere; null says nothing' }),
    subscription_period_count: z
      .int()
      .min(1)
      .nullish()
      .openapi({ description: 'The whole term, in intervals: it can only be extended, and expires_at moves with it' }),
    subscription_period_interval: timeIntervalSchema.nullish().openapi({ description: 'Left out, it stays' }),
    disable_on_demand: z.object({ next_billing_date: instant() }).nullish().openapi({
      description:
        'One that is charged on demand renews by itself from that date on, at its product’s price; nothing is charged until then',
    }),
    credit_entitlement_cart: z
      .array(subscriptionCreditInput)
      .max(20)
      .nullish()
      .openapi({ description: 'New terms of its credits, for the periods to come' }),
  })
  .openapi('UpdateSubscription')

export type UpdateSubscription = z.output<typeof updateSubscriptionBody>

/** What becomes of the subscription's end, or of its rest. */
export type Ending = 'now' | 'at_next_billing_date' | 'revoke' | 'pause' | 'resume' | 'unchanged'

/** Throws 422 for wishes that contradict one another. */
export function readEnding(body: UpdateSubscription): Ending {
  const ending = endingOf(body)
  if (ending === 'pause' || ending === 'resume') assertAlone(body)
  const cancels = ending === 'now' || ending === 'at_next_billing_date'
  const explained = (['cancel_reason', 'cancellation_feedback', 'cancellation_comment'] as const).find(
    (field) => body[field] != null,
  )
  if (explained !== undefined && !cancels) {
    throw refused(
      explained,
      'belongs to a cancellation; send status cancelled or cancel_at_next_billing_date true with it',
    )
  }
  if (body.next_billing_date != null && ending !== 'unchanged') {
    throw refused('next_billing_date', 'cannot be moved by the same request that cancels or takes a cancellation back')
  }
  if (body.disable_on_demand != null) assertRenews(body, ending)
  const longer = body.subscription_period_count != null || body.subscription_period_interval != null
  if (longer && ending === 'now') {
    throw refused('subscription_period_count', 'cannot be extended by the request that cancels')
  }
  return ending
}

function assertRenews({ next_billing_date }: UpdateSubscription, ending: Ending): void {
  if (next_billing_date != null) throw refused('next_billing_date', 'is named by disable_on_demand already')
  if (ending === 'unchanged') return
  throw refused('disable_on_demand', 'cannot be asked for by the request that cancels or takes a cancellation back')
}

function endingOf({ status, cancel_at_next_billing_date: atNext }: UpdateSubscription): Ending {
  if (status == null) {
    if (atNext == null) return 'unchanged'
    return atNext ? 'at_next_billing_date' : 'revoke'
  }
  if (status === 'paused') return 'pause'
  if (status === 'active') return 'resume'
  if (status !== 'cancelled') throw refused('status', 'can only be set to cancelled, paused or active')
  if (atNext === true) {
    throw refused('cancel_at_next_billing_date', 'cannot be true together with status cancelled: choose one of the two')
  }
  return 'now'
}

function assertAlone({ status, ...rest }: UpdateSubscription): void {
  const other = Object.entries(rest).find(([, value]) => value !== undefined)
  if (other === undefined) return
  throw new AppError('INVALID_REQUEST_BODY', {
    message: `status ${status} must be alone in its request, without ${other[0]}`,
    field: other[0],
  })
}

export function refused(field: string, problem: string): AppError {
  return new AppError('INVALID_REQUEST_PARAMETERS', { message: `${field} ${problem}`, field })
}
