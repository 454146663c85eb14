import { z } from '@hono/zod-openapi'
import { mailKinds, mayBeShown } from '#core/emails/kinds.ts'
import { type getSentEmail, isErased, type SentEmail } from '#core/emails/read-sent.ts'
import { orNull } from './list.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

/** What becomes of a mail behind the first server is not heard. */
const statusSchema = z.enum(['sent', 'failed']).openapi('EmailStatus', { description: '`sent` before that, too' })

const failureCodeSchema = z.enum(['send_failed']).openapi('EmailFailureCode')

const failure = {
  failure_code: orNull(failureCodeSchema).openapi({ description: 'Null unless it failed' }),
  failure_reason: z.string().nullable(),
}

export const sentEmailSchema = z
  .object({
    email_log_id: z.string().openapi({ example: 'eml_0gyTS5tQd8mVh2KjX4wZb' }),
    created_at: timeSchema('When it was made'),
    category: z.enum(['auth', 'payments', 'refunds', 'subscriptions', 'dunning_recovery', 'entitlements']),
    email_type: z.string().openapi({ description: 'Its kind', example: 'payment_succeeded' }),
    status: statusSchema,
    ...failure,
    subject: z.string().nullable().openapi({ description: 'Null where nothing of it is shown' }),
    recipient: z.string().nullable(),
    from: z.string().nullable(),
    has_preview: z.boolean().openapi({ description: 'False for mails that carry access: they are shown to nobody' }),
    policies: z
      .object({
        requires_different_address: z.literal(false),
        resend_allowed: z.literal(false),
        retry_allowed: z.literal(false),
        superseded: z.literal(false),
        resends_remaining: z.literal(0),
      })
      .openapi({ description: 'Mails are not sent again by hand' }),
  })
  .openapi('SentEmail')

export const emailBodySchema = z
  .object({
    html: z.string().nullable().openapi({ description: 'Render it in a sandbox' }),
    text: z.string().nullable(),
    merchant_authored: z.literal(false),
    ...failure,
  })
  .openapi('EmailBody')

export type WireSentEmail = z.output<typeof sentEmailSchema>
export type WireEmailBody = z.output<typeof emailBodySchema>

export function sentEmailToWire(row: SentEmail): WireSentEmail {
  const erased = isErased(row)
  return {
    email_log_id: row.email_id,
    created_at: rfc3339(row.created_at),
    category: mailKinds[row.kind].category,
    email_type: row.kind,
    status: row.status === 'failed' ? 'failed' : 'sent',
    ...failureOf(row),
    subject: row.subject,
    recipient: erased ? null : row.recipient,
    from: row.from,
    has_preview: row.subject !== null && mayBeShown(row.kind),
    policies: {
      requires_different_address: false,
      resend_allowed: false,
      retry_allowed: false,
      superseded: false,
      resends_remaining: 0,
    },
  }
}

export function emailBodyToWire(row: Awaited<ReturnType<typeof getSentEmail>>): WireEmailBody {
  const { html, text } = row
  return { html, text, merchant_authored: false, ...failureOf(row) }
}

function failureOf({ status }: Pick<SentEmail, 'status'>) {
  if (status !== 'failed') return { failure_code: null, failure_reason: null }
  return { failure_code: 'send_failed' as const, failure_reason: 'The mail server did not take it' }
}
