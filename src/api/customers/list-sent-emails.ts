import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { listSentEmails } from '#core/emails/read-sent.ts'
import { listSchema } from '#wire/list.ts'
import { sentEmailSchema, sentEmailToWire } from '#wire/sent-email.ts'

export const listSentEmailsQuery = z.object(pageParams)

export const listSentEmailsEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/emails',
    operation: 'listCustomerEmails',
    noun: 'Customers',
    summary: 'List the mails a customer was sent',
    description: 'Of the last 180 days; those that carry access of the last 30, without subject and content.',
    differs:
      '`sent` or `failed`: what becomes of a mail after the mail server took it is not known; none is sent again by hand',
    query: listSentEmailsQuery,
    answer: listSchema(sentEmailSchema),
  },
  async (ctx, { params, query }) => ({
    items: (await listSentEmails(ctx, params.customer_id, query)).map(sentEmailToWire),
  }),
)
