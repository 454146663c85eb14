import { z } from '@hono/zod-openapi'
import { mailKindNames } from '#core/emails/kinds.ts'
import type { MailSwitch } from '#core/emails/switches.ts'

const mailSwitchSchema = z
  .object({
    kind: z.enum(mailKindNames),
    to: z.enum(['customer', 'merchant']),
    enabled: z.boolean(),
    enabled_by_default: z.boolean().describe('As it is where the business says nothing'),
    switchable: z.boolean().describe('Mails that carry access are always sent'),
  })
  .openapi('MailSwitch')

export const mailSwitchesSchema = z.object({ items: z.array(mailSwitchSchema) }).openapi('MailSwitches')

export function mailSwitchesToWire(items: MailSwitch[]): z.output<typeof mailSwitchesSchema> {
  return { items }
}
