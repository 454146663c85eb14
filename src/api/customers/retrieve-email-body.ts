import { endpoint } from '#api/endpoint.ts'
import { getSentEmail } from '#core/emails/read-sent.ts'
import { emailBodySchema, emailBodyToWire } from '#wire/sent-email.ts'

export const retrieveEmailBodyEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/emails/{email_log_id}/body',
    operation: 'retrieveCustomerEmailBody',
    noun: 'Customers',
    summary: 'Retrieve what a mail said',
    description:
      'Drawn again from what was written about then, and as the business looks now. A link that pays without signing in is replaced by the one into the portal. Mails that carry access (sign-in links and codes, proofs of an address) answer 404.',
    differs: 'drawn again, without a link that pays without signing in',
    answer: emailBodySchema,
  },
  async (ctx, { params }) => emailBodyToWire(await getSentEmail(ctx, params.customer_id, params.email_log_id)),
)
