import { endpoint } from '#api/endpoint.ts'
import { listMailSwitches } from '#core/emails/switches.ts'
import { mailSwitchesSchema, mailSwitchesToWire } from '#wire/mail-switch.ts'

export const listMailSwitchesEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/emails',
    operation: 'listMailSwitches',
    noun: 'E-mails',
    summary: 'List the kinds of mail and which are sent',
    description: 'Every kind there is, to customers and to the business itself, in one list without pages.',
    answer: mailSwitchesSchema,
  },
  async (ctx) => mailSwitchesToWire(await listMailSwitches(ctx)),
)
