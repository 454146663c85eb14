import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam } from '#api/input/query.ts'
import { webAddress } from '#api/input/text.ts'
import { assertSecure } from '#api/secure-address.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { portalSessionSchema } from '#wire/portal-session.ts'

export const portalSessionQuery = z.object({
  return_url: webAddress()
    .optional()
    .openapi({ description: 'Where the portal’s button back to you leads; https in live mode' }),
  send_email: booleanParam('Mail the link to the customer as well'),
})

export const createPortalSessionEndpoint = endpoint(
  {
    method: 'post',
    path: '/customers/{customer_id}/customer-portal/session',
    operation: 'createPortalSession',
    noun: 'Customers',
    summary: 'Make a link into the portal',
    description: 'The link signs this customer in, once, within 24 hours. It takes query parameters and no body.',
    query: portalSessionQuery,
    answer: portalSessionSchema,
    refusals: ['INVALID_REQUEST_PARAMETERS'],
  },
  async (ctx, { params, query }) => {
    assertSecure(ctx, query.return_url, 'return_url')
    return { link: await createInvite(ctx, { ...params, ...query }) }
  },
)
