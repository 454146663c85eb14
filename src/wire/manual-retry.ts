import { z } from '@hono/zod-openapi'
import { intentStatusSchema } from './payment.ts'
import { rfc3339 } from './rfc3339.ts'

const sends = {
  sends_allowed: z.int().openapi({ example: 3 }),
  sends_used: z.int().openapi({ description: 'By hand, for what is owed', example: 1 }),
  retry_available_at: z.string().nullable().openapi({
    description: 'When it may be asked for again; null where no send is left or something else stands in the way',
  }),
}

export const manualRetrySchema = z
  .object({
    payment_id: z.string().openapi({ description: 'The new attempt' }),
    invoice_id: z.string().openapi({ description: 'Names what is owed; it gets its number when it is paid' }),
    is_manual_retry: z.boolean(),
    retry_attempt: z.int().openapi({ description: 'Counts the retries of what is owed, by hand and by themselves' }),
    status: intentStatusSchema.nullable().openapi({ description: 'processing where nobody knows yet' }),
    ...sends,
  })
  .openapi('ManualRetry')

export const manualRetryStateSchema = z
  .object({
    can_retry: z.boolean(),
    reason: z.string().nullable().openapi({ description: 'The code POST would fail with; null where it may be asked' }),
    ...sends,
  })
  .openapi('ManualRetryState')

export type WireManualRetry = z.output<typeof manualRetrySchema>
export type WireManualRetryState = z.output<typeof manualRetryStateSchema>

interface Sends {
  sends_allowed: number
  sends_used: number
  reason: string | null
  retry_available_at: Temporal.Instant | null
}

interface Attempt {
  payment_id: string
  dues_id: string
  retry_attempt: number
  status: NonNullable<WireManualRetry['status']>
}

export function manualRetryToWire({ payment, ...state }: Sends & { payment: Attempt }): WireManualRetry {
  return {
    payment_id: payment.payment_id,
    invoice_id: payment.dues_id,
    is_manual_retry: true,
    retry_attempt: payment.retry_attempt,
    status: payment.status,
    ...sendsToWire(state),
  }
}

export function manualRetryStateToWire(state: Sends): WireManualRetryState {
  return { can_retry: state.reason === null, reason: state.reason, ...sendsToWire(state) }
}

function sendsToWire({ sends_allowed, sends_used, retry_available_at }: Sends) {
  return {
    sends_allowed,
    sends_used,
    retry_available_at: retry_available_at === null ? null : rfc3339(retry_available_at),
  }
}
