import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { type MailKind, mailKindNames, mailKinds } from '#core/emails/kinds.ts'
import { setMailSwitches } from '#core/emails/set-mail-switches.ts'
import { listMailSwitches } from '#core/emails/switches.ts'
import { mailSwitchesSchema, mailSwitchesToWire } from '#wire/mail-switch.ts'

const switchable = mailKindNames.filter((kind) => mailKinds[kind].sent !== 'always')
const enabled = z.boolean().nullable().optional().describe('Null leaves the kind as it comes')

const updateMailSwitchesBody = z
  .object(Object.fromEntries(switchable.map((kind) => [kind, enabled])) as Record<MailKind, typeof enabled>)
  .openapi('UpdateMailSwitches')

export const updateMailSwitchesEndpoint = endpoint(
  {
    method: 'patch',
    path: '/portico/emails',
    operation: 'updateMailSwitches',
    noun: 'E-mails',
    summary: 'Switch kinds of mail on or off',
    description: 'Kinds that are not named stay as they are. Mails that carry access cannot be switched off.',
    body: updateMailSwitchesBody,
    example: { upcoming_renewal: true, merchant_payment_succeeded: null },
    answer: mailSwitchesSchema,
    refusals: ['INVALID_REQUEST_PARAMETERS'],
  },
  async (ctx, { body }) => {
    const named = Object.entries(body).flatMap(([kind, value]) => (value === undefined ? [] : [[kind, value] as const]))
    await setMailSwitches(ctx, Object.fromEntries(named))
    return mailSwitchesToWire(await listMailSwitches(ctx))
  },
)
